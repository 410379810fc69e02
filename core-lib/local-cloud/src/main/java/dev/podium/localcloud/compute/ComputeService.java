package dev.podium.localcloud.compute;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.compute.body.InstanceBody;
import dev.podium.localcloud.compute.fault.ActsApi;
import dev.podium.localcloud.compute.fault.FaultsApi;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeParts;
import dev.podium.localcloud.compute.request.ComputeRequest;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.compute.resource.DisksApi;
import dev.podium.localcloud.compute.resource.ImagesApi;
import dev.podium.localcloud.compute.resource.InstanceEditsApi;
import dev.podium.localcloud.compute.resource.InstanceTemplatesApi;
import dev.podium.localcloud.compute.resource.InstancesApi;
import dev.podium.localcloud.compute.resource.NetworksApi;
import dev.podium.localcloud.compute.resource.OperationReplies;
import dev.podium.localcloud.compute.resource.OperationsApi;
import dev.podium.localcloud.compute.resource.PlacesApi;
import dev.podium.localcloud.compute.resource.ProjectsApi;
import dev.podium.localcloud.compute.resource.SubnetworksApi;
import dev.podium.localcloud.compute.rule.InsertRules;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.compute.InstanceLifecycle;
import dev.podium.localcloud.state.compute.RequestMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Serves Compute Engine's REST API below `/compute/v1/`, its batches, and the local cloud's own
/// controls below `/local/`. Each request is answered on a virtual thread, because `wait` blocks.
public final class ComputeService implements HttpService {
  private static final MediaType JSON = MediaType.JSON_UTF_8;

  private final Dispatcher dispatcher;
  private final Executor executor;

  private ComputeService(Dispatcher dispatcher, Executor executor) {
    this.dispatcher = dispatcher;
    this.executor = executor;
  }

  /// Adds its routes to a server.
  ///
  /// @param requestLinks whether links lead to the host by which a request came, not to Google's
  /// @param executor starts a virtual thread for each request
  public static void register(
      ServerBuilder server,
      ComputeParts cloud,
      RequestAdmission admission,
      boolean requestLinks,
      Executor executor) {
    ComputeState state = cloud.state();
    InstanceLifecycle lifecycle = cloud.lifecycle();
    Edits edits = cloud.edits();
    Links links = new Links(state.project());
    Listing listing = new Listing(() -> state.faults().unreachableZones());
    OperationsApi operations = new OperationsApi(state, links, listing);
    RequestMemory requests = new RequestMemory(state);
    OperationReplies replies = new OperationReplies(operations, requests);
    Router router = new Router();
    new PlacesApi(state, links, listing).register(router);
    operations.register(router);
    new ProjectsApi(state, edits, links, replies).register(router);
    new ImagesApi(cloud, links, listing, replies).register(router);
    InstanceTemplatesApi templates =
        new InstanceTemplatesApi(state, edits, links, listing, replies);
    templates.register(router);
    InstanceBody bodies = new InstanceBody(state, edits, links);
    InsertRules rules = new InsertRules(state, cloud.administration(), cloud.access(), links);
    new InstancesApi(state, lifecycle, links, listing, replies, bodies, templates, rules)
        .register(router);
    new InstanceEditsApi(state, edits, replies).register(router);
    new DisksApi(state, edits, links, listing, replies).register(router);
    new NetworksApi(state, edits, links, listing, replies).register(router);
    new SubnetworksApi(state, links, listing).register(router);
    Dispatcher compute =
        bind(server, new Dispatcher("/compute/v1/", router, admission, requestLinks), executor);
    server.service("/batch/compute/v1", new BatchService(compute, executor));

    Router controls = new Router();
    new FaultsApi(state.plan()).register(controls);
    new ActsApi(cloud, operations).register(controls);
    var _ =
        bind(
            server,
            new Dispatcher("/local/", controls, RequestAdmission.open(state), requestLinks),
            executor);
  }

  private static Dispatcher bind(ServerBuilder server, Dispatcher dispatcher, Executor executor) {
    String prefix = dispatcher.prefix();
    ComputeService service = new ComputeService(dispatcher, executor);
    server.serviceUnder(prefix, service);
    // Not found, like anything else outside; the server would redirect by itself.
    server.service(prefix.substring(0, prefix.length() - 1), service);
    return dispatcher;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> response =
        request.aggregate().thenApplyAsync(this::answer, executor);
    return HttpResponse.of(response);
  }

  private HttpResponse answer(AggregatedHttpRequest request) {
    return write(
        dispatcher.answer(
            new ComputeRequest(
                request.method().name(), request.path(), request.headers(), request.content())));
  }

  static HttpResponse write(ComputeResponse response) {
    return HttpResponse.of(
        HttpStatus.valueOf(response.status()),
        JSON,
        HttpData.wrap(ComputeJson.bytes(response.body())));
  }
}

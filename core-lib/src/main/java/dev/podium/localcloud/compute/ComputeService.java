package dev.podium.localcloud.compute;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Edits;
import dev.podium.localcloud.state.InstanceLifecycle;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.RequestMemory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Serves Compute Engine's REST API below `/compute/v1/`, and the local cloud's own controls below
/// `/local/`. Each request is answered on a virtual thread, because `wait` blocks.
public final class ComputeService implements HttpService {
  private static final System.Logger LOG = System.getLogger(ComputeService.class.getName());
  private static final MediaType JSON = MediaType.JSON_UTF_8;

  private final int prefixLength;
  private final Router router;
  private final Gate gate;
  private final Executor executor;

  private ComputeService(int prefixLength, Router router, Gate gate, Executor executor) {
    this.prefixLength = prefixLength;
    this.router = router;
    this.gate = gate;
    this.executor = executor;
  }

  /// Adds its routes to a server.
  ///
  /// @param executor starts a virtual thread for each request
  public static void register(
      ServerBuilder server,
      ComputeState state,
      InstanceLifecycle lifecycle,
      Edits edits,
      Gate gate,
      Executor executor) {
    Links links = new Links(state.project());
    Listing listing = new Listing();
    OperationsApi operations = new OperationsApi(state, links, listing);
    RequestMemory requests = new RequestMemory(state);
    Replies replies = new Replies(operations, requests);
    Router router = new Router();
    new PlacesApi(state, links, listing).register(router);
    operations.register(router);
    new ProjectsApi(state, edits, links, replies).register(router);
    new ImagesApi(state, edits, listing, replies).register(router);
    InstanceBody bodies = new InstanceBody(state, edits, links);
    new InstancesApi(state, lifecycle, links, listing, replies, bodies).register(router);
    new InstanceEditsApi(state, edits, replies).register(router);
    new DisksApi(state, edits, links, listing, replies).register(router);
    new NetworksApi(state, edits, links, listing, replies).register(router);
    bind(server, "/compute/v1/", router, gate, executor);

    Router controls = new Router();
    new ControlsApi(state, lifecycle, operations).register(controls);
    bind(server, "/local/", controls, Gate.open(state), executor);
  }

  private static void bind(
      ServerBuilder server, String prefix, Router router, Gate gate, Executor executor) {
    server.serviceUnder(prefix, new ComputeService(prefix.length(), router, gate, executor));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> response =
        request.aggregate().thenApplyAsync(whole -> write(answer(whole)), executor);
    return HttpResponse.of(response);
  }

  private Answer answer(AggregatedHttpRequest request) {
    try {
      String user = gate.admit(request.method().name(), request.headers().get("authorization"));
      return router.answer(call(request, user));
    } catch (Refusal refusal) {
      return Answer.refused(refusal);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return Answer.refused(new Refusal(503, "backendError", "The local cloud is shutting down."));
    } catch (RuntimeException fault) {
      // A fault of ours must reach the client as Google's would, and us with its cause.
      LOG.log(System.Logger.Level.ERROR, "Could not answer " + request.path(), fault);
      return Answer.refused(new Refusal(500, "backendError", "Internal error."));
    }
  }

  private Call call(AggregatedHttpRequest request, String user) {
    String target = request.path();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    Map<String, String> parameters = new LinkedHashMap<>();
    QueryParams.fromQueryString(query)
        .forEach((name, value) -> parameters.putIfAbsent(name, value));
    // Google's Java client cannot send PATCH and says so in a header.
    String override = request.headers().get("x-http-method-override", "");
    String method = override.isEmpty() ? request.method().name() : override;
    return new Call(
        method.toUpperCase(Locale.ROOT),
        segments(path.substring(prefixLength)),
        parameters,
        Json.body(request.content().array()),
        user,
        Map.of());
  }

  private static List<String> segments(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> segments = new ArrayList<>();
    for (String part : whole.split("/", -1)) {
      try {
        // A plus stands for itself in a path.
        segments.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException malformed) {
        throw Refusal.invalid("The path is malformed.");
      }
    }
    return segments;
  }

  private static HttpResponse write(Answer answer) {
    return HttpResponse.of(
        HttpStatus.valueOf(answer.status()), JSON, HttpData.wrap(Json.bytes(answer.body())));
  }
}

package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.place.Catalog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Operations of zones, regions and the project: get, list, wait, delete, and all of them together.
public final class OperationsApi {
  /// Compute Engine's own limit of a `wait`.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final ComputeState state;
  private final Links links;
  private final Listing listing;

  public OperationsApi(ComputeState state, Links links, Listing listing) {
    this.state = state;
    this.links = links;
    this.listing = listing;
  }

  public void register(Router router) {
    String project = "projects/{project}/";
    router.on("GET", project + "aggregated/operations", this::aggregated);
    for (String scope : List.of("zones/{place}", "regions/{place}", "global")) {
      String operations = project + scope + "/operations";
      router.on("GET", operations, this::list);
      router.on("GET", operations + "/{operation}", this::get);
      router.on("POST", operations + "/{operation}/wait", this::await);
      router.on("DELETE", operations + "/{operation}", this::delete);
    }
  }

  private ComputeResponse get(Call call) {
    Scope scope = scope(call);
    return ComputeResponse.ok(
        json(
            state
                .operations()
                .find(scope, call.path("operation"))
                .orElseThrow(() -> missing(call, scope))));
  }

  private ComputeResponse await(Call call) throws InterruptedException {
    Scope scope = scope(call);
    return ComputeResponse.ok(
        json(
            state
                .operations()
                .await(scope, call.path("operation"), LONGEST_WAIT)
                .orElseThrow(() -> missing(call, scope))));
  }

  private ComputeResponse delete(Call call) {
    Scope scope = scope(call);
    if (!state.operations().forget(scope, call.path("operation"))) {
      throw missing(call, scope);
    }
    return ComputeResponse.ok(ComputeJson.object());
  }

  private ComputeResponse list(Call call) {
    Scope scope = scope(call);
    String path = scope.path() + "/operations";
    return ComputeResponse.ok(
        listing.page(
            call, "compute#operationList", links.own(path), items(state.operations().in(scope))));
  }

  private ComputeResponse aggregated(Call call) {
    List<Scope> scopes =
        Stream.of(
                Stream.of(Scope.GLOBAL),
                Catalog.regions().stream().map(region -> Scope.region(region.name())),
                Catalog.zones().stream().map(Scope::zone))
            .flatMap(all -> all)
            .toList();
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#operationAggregatedList",
                links.own("aggregated/operations"),
                "operations",
                scopes),
            items(state.operations().all())));
  }

  private Stream<Listing.Item> items(List<Operation> operations) {
    return operations.stream()
        .map(operation ->
            new Listing.Item(
                operation.scope(), operation.name(), operation.start(), () -> json(operation)));
  }

  private Scope scope(Call call) {
    List<String> segments = call.segments();
    PathParameters.requireOwnProject(state, call);
    return switch (segments.get(2)) {
      case "zones" -> Scope.zone(PathParameters.zone(state, call.path("place")));
      case "regions" -> Scope.region(call.path("place"));
      default -> Scope.GLOBAL;
    };
  }

  private Refusal missing(Call call, Scope scope) {
    return Refusal.notFound(
        state.project().path(scope.path() + "/operations/" + call.path("operation")));
  }

  /// An operation as its clients need it: gcloud fails without `selfLink`, `targetLink` or `zone`.
  public ObjectNode json(Operation operation) {
    Scope scope = operation.scope();
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#operation");
    node.put("id", String.valueOf(operation.id()));
    node.put("name", operation.name());
    if (scope.zonal()) {
      node.put("zone", links.own(scope.path()));
    } else if (scope.regional()) {
      node.put("region", links.own(scope.path()));
    }
    operation.requestId().ifPresent(id -> node.put("clientOperationId", id));
    node.put("operationType", operation.type());
    node.put("targetLink", links.own(operation.target()));
    node.put("targetId", String.valueOf(operation.targetId()));
    node.put("status", operation.status().name());
    node.put("user", operation.user());
    node.put("progress", operation.progress());
    node.put("insertTime", ComputeJson.time(operation.start()));
    node.put("startTime", ComputeJson.time(operation.start()));
    operation.end().ifPresent(end -> node.put("endTime", ComputeJson.time(end)));
    operation.error().ifPresent(error -> addError(node, error));
    node.put("selfLink", links.own(scope.path() + "/operations/" + operation.name()));
    return node;
  }

  private static void addError(ObjectNode node, OperationError error) {
    ObjectNode first = node.putObject("error").putArray("errors").addObject();
    first.put("code", error.code());
    first.put("message", error.message());
    if (!error.details().isEmpty()) {
      ArrayNode details = first.putArray("errorDetails");
      error.details().forEach(detail -> details.add(ComputeJson.node(detail)));
    }
    node.put("httpErrorStatusCode", error.httpStatus());
    node.put("httpErrorMessage", error.httpMessage());
  }
}

package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.ResourceName;
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
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.resource.NetworkPart;
import dev.podium.localcloud.state.resource.NetworkPart.Kind;
import java.util.Map;
import java.util.Optional;

/// Networks and firewall rules.
public final class NetworksApi {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final Listing listing;
  private final OperationReplies replies;

  public NetworksApi(
      ComputeState state, Edits edits, Links links, Listing listing, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.listing = listing;
    this.replies = replies;
  }

  public void register(Router router) {
    for (Kind kind : Kind.values()) {
      String collection = "projects/{project}/global/" + kind.collection();
      router.on("GET", collection, call -> list(call, kind));
      router.on("POST", collection, call -> insert(call, kind));
      router.on(
          "GET", collection + "/{name}", call -> ComputeResponse.ok(json(require(call, kind))));
      router.on("DELETE", collection + "/{name}", call -> delete(call, kind));
    }
  }

  private NetworkPart require(Call call, Kind kind) {
    PathParameters.requireOwnProject(state, call);
    String name = call.path("name");
    return state
        .networkPart(kind, name)
        .orElseThrow(() ->
            Refusal.notFound(state.project().path("global/" + kind.collection() + "/" + name)));
  }

  private ComputeResponse list(Call call, Kind kind) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            resourceKind(kind) + "List",
            links.own("global/" + kind.collection()),
            state.networkParts(kind).stream()
                .map(part ->
                    new Listing.Item(
                        Scope.GLOBAL, part.name(), part.created(), () -> json(part)))));
  }

  private ComputeResponse insert(Call call, Kind kind) {
    PathParameters.requireOwnProject(state, call);
    String name =
        ResourceName.check("resource.name", ComputeJson.text(call.body(), "name").orElse(""));
    return replies.operation(
        call,
        caller -> {
          Map<String, Object> body = ComputeJson.tree(call.body());
          if (kind == Kind.FIREWALL) {
            requireNetwork(call.body());
            body.putIfAbsent("network", "global/networks/default");
            body.putIfAbsent("direction", "INGRESS");
            body.putIfAbsent("priority", 1000);
          }
          return edits.insert(
              new NetworkPart(kind, name, edits.nextId(), state.timeline().now(), body), caller);
        });
  }

  private void requireNetwork(ObjectNode firewall) {
    Optional<String> network = ComputeJson.text(firewall, "network");
    boolean known =
        network
            .map(Links::shortName)
            .map(name -> state.networkPart(Kind.NETWORK, name).isPresent())
            .orElse(true);
    if (!known) {
      throw Refusal.notFound(links.normalise(network.orElse("")));
    }
  }

  private ComputeResponse delete(Call call, Kind kind) {
    return replies.operation(call, caller -> edits.delete(require(call, kind), caller));
  }

  private ObjectNode json(NetworkPart part) {
    ObjectNode node = ComputeJson.object();
    part.body().forEach((member, value) -> node.set(member, ComputeJson.node(value)));
    node.put("kind", resourceKind(part.kind()));
    node.put("id", String.valueOf(part.id()));
    node.put("creationTimestamp", ComputeJson.time(part.created()));
    node.put("name", part.name());
    ComputeJson.text(node, "network")
        .ifPresent(network -> node.put("network", Links.to(links.normalise(network))));
    node.put("selfLink", links.own(part.path()));
    return node;
  }

  private static String resourceKind(Kind kind) {
    return switch (kind) {
      case NETWORK -> "compute#network";
      case FIREWALL -> "compute#firewall";
    };
  }
}

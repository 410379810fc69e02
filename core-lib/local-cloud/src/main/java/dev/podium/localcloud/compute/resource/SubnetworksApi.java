package dev.podium.localcloud.compute.resource;

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
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.place.Catalog.Region;
import dev.podium.localcloud.state.resource.NetworkPart;
import java.util.stream.Stream;

/// Subnets: each region has one of each network that makes them by itself. Nobody can make others
/// here.
public final class SubnetworksApi {
  private final ComputeState state;
  private final Links links;
  private final Listing listing;

  public SubnetworksApi(ComputeState state, Links links, Listing listing) {
    this.state = state;
    this.links = links;
    this.listing = listing;
  }

  public void register(Router router) {
    String project = "projects/{project}/";
    router.on("GET", project + "aggregated/subnetworks", this::aggregated);
    router.on("GET", project + "regions/{region}/subnetworks", this::list);
    router.on("GET", project + "regions/{region}/subnetworks/{name}", this::get);
  }

  private Stream<NetworkPart> networks() {
    return state.networkParts(NetworkPart.Kind.NETWORK).stream()
        .filter(network -> !Boolean.FALSE.equals(network.body().get("autoCreateSubnetworks")));
  }

  private Region region(Call call) {
    PathParameters.requireOwnProject(state, call);
    String name = call.path("region");
    return Catalog.region(name)
        .orElseThrow(() -> Refusal.notFound(state.project().path("regions/" + name)));
  }

  private ComputeResponse get(Call call) {
    Region region = region(call);
    String name = call.path("name");
    return networks()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .map(network -> ComputeResponse.ok(json(region, network)))
        .orElseThrow(() ->
            Refusal.notFound(
                state.project().path("regions/" + region.name() + "/subnetworks/" + name)));
  }

  private ComputeResponse list(Call call) {
    Region region = region(call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#subnetworkList",
            links.own("regions/" + region.name() + "/subnetworks"),
            items(region)));
  }

  private ComputeResponse aggregated(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#subnetworkAggregatedList",
                links.own("aggregated/subnetworks"),
                "subnetworks",
                Catalog.regions().stream().map(region -> Scope.region(region.name())).toList()),
            Catalog.regions().stream().flatMap(this::items)));
  }

  private Stream<Listing.Item> items(Region region) {
    return networks()
        .map(network ->
            new Listing.Item(
                Scope.region(region.name()),
                network.name(),
                network.created(),
                () -> json(region, network)));
  }

  private ObjectNode json(Region region, NetworkPart network) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#subnetwork");
    // One number for each pair of network and region.
    int place = Math.floorMod(region.name().hashCode(), 4096);
    node.put("id", String.valueOf(network.id() / 4096 * 4096 + place));
    node.put("creationTimestamp", ComputeJson.time(network.created()));
    node.put("name", network.name());
    node.put("network", links.own(network.path()));
    node.put("ipCidrRange", "10." + (128 + place / 32) + "." + place % 32 * 8 + ".0/20");
    node.put("region", links.own("regions/" + region.name()));
    node.put("privateIpGoogleAccess", false);
    node.put("purpose", "PRIVATE");
    node.put("stackType", "IPV4_ONLY");
    node.put("selfLink", links.own("regions/" + region.name() + "/subnetworks/" + network.name()));
    return node;
  }
}

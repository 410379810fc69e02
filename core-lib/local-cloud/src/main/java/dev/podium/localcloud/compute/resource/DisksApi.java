package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.ImageReferences;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.body.ResourceName;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.resource.Image;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.util.Optional;
import java.util.stream.Stream;

/// Persistent disks.
public final class DisksApi {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final Listing listing;
  private final OperationReplies replies;
  private final ImageReferences images;

  public DisksApi(
      ComputeState state, Edits edits, Links links, Listing listing, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.listing = listing;
    this.replies = replies;
    this.images = new ImageReferences(state, links);
  }

  public void register(Router router) {
    String disks = "projects/{project}/zones/{zone}/disks";
    router.on("GET", "projects/{project}/aggregated/disks", this::aggregated);
    router.on("GET", disks, this::list);
    router.on("POST", disks, this::insert);
    router.on("GET", disks + "/{name}", call -> ComputeResponse.ok(json(require(call))));
    router.on(
        "DELETE",
        disks + "/{name}",
        call -> replies.operation(call, caller -> edits.delete(require(call), caller)));
  }

  private PersistentDisk require(Call call) {
    InstanceKey key = PathParameters.key(state, call);
    return state
        .disk(key)
        .orElseThrow(() ->
            Refusal.notFound(state.project().path("zones/" + key.zone() + "/disks/" + key.name())));
  }

  private ComputeResponse list(Call call) {
    String zone = PathParameters.zone(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#diskList",
            links.own("zones/" + zone + "/disks"),
            items().filter(item -> item.scope().equals(Scope.zone(zone)))));
  }

  private ComputeResponse aggregated(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#diskAggregatedList",
                links.own("aggregated/disks"),
                "disks",
                Catalog.zones().stream().map(Scope::zone).toList()),
            items()));
  }

  private Stream<Listing.Item> items() {
    return state.disks().stream()
        .map(disk ->
            new Listing.Item(
                Scope.zone(disk.key().zone()),
                disk.key().name(),
                disk.created(),
                () -> json(disk)));
  }

  private ComputeResponse insert(Call call) {
    String zone = PathParameters.zone(state, call);
    ObjectNode body = call.body();
    String name = ResourceName.check("resource.name", ComputeJson.text(body, "name").orElse(""));
    return replies.operation(
        call,
        caller -> {
          Optional<Image> image =
              ComputeJson.text(body, "sourceImage")
                  .or(() -> call.query("sourceImage"))
                  .map(reference -> images.resolve(reference, "resource.sourceImage"));
          long size =
              ComputeJson.number(body, "sizeGb", "resource.sizeGb")
                  .orElse(image.map(Image::diskSizeGb).orElse(500L));
          return edits.insert(
              new PersistentDisk(
                  new InstanceKey(zone, name),
                  edits.nextId(),
                  state.timeline().now(),
                  ComputeJson.text(body, "type").map(Links::shortName).orElse("pd-standard"),
                  size,
                  image.map(Image::path),
                  Optional.empty(),
                  MetadataBody.labels(body.path("labels"), "resource.labels")),
              caller);
        });
  }

  private ObjectNode json(PersistentDisk disk) {
    String zone = "zones/" + disk.key().zone();
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#disk");
    node.put("id", String.valueOf(disk.id()));
    node.put("creationTimestamp", ComputeJson.time(disk.created()));
    node.put("name", disk.key().name());
    node.put("sizeGb", String.valueOf(disk.sizeGb()));
    node.put("zone", links.own(zone));
    node.put("status", "READY");
    disk.sourceImage().ifPresent(image -> node.put("sourceImage", Links.to(image)));
    node.put("type", links.own(zone + "/diskTypes/" + disk.type()));
    disk.user().ifPresent(user -> node.putArray("users").add(links.own(user.path())));
    if (!disk.labels().isEmpty()) {
      node.set("labels", ComputeJson.node(disk.labels()));
    }
    node.put("labelFingerprint", Fingerprint.of(disk.labels()));
    node.put("physicalBlockSizeBytes", "4096");
    node.put("selfLink", links.own(disk.path()));
    return node;
  }
}

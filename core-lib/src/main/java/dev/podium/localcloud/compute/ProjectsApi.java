package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Edits;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.NetworkPart;
import dev.podium.localcloud.state.Project;
import java.util.Map;

/// The project itself and the metadata that all its machines share.
final class ProjectsApi {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final Replies replies;

  ProjectsApi(ComputeState state, Edits edits, Links links, Replies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.replies = replies;
  }

  void register(Router router) {
    router.on("GET", "projects/{project}", this::get);
    router.on(
        "POST", "projects/{project}/setCommonInstanceMetadata", this::setCommonInstanceMetadata);
  }

  private Answer get(Call call) {
    Access.requireOwn(state, call);
    Project project = state.project();
    ObjectNode node = Json.object();
    node.put("kind", "compute#project");
    node.put("id", String.valueOf(project.number()));
    node.put("creationTimestamp", Json.time(project.created()));
    node.put("name", project.id());
    node.set(
        "commonInstanceMetadata",
        MetadataBody.write(state.projectMetadata(), Fingerprint.of(state.projectMetadata())));
    node.put("selfLink", links.own(""));
    node.put("defaultServiceAccount", project.defaultServiceAccount());
    node.put("xpnProjectStatus", "UNSPECIFIED_XPN_PROJECT_STATUS");
    node.put("defaultNetworkTier", "PREMIUM");
    var quotas = node.putArray("quotas");
    quotas
        .addObject()
        .put("metric", "NETWORKS")
        .put("limit", 1000.0)
        .put("usage", (double) state.networkParts(NetworkPart.Kind.NETWORK).size());
    quotas
        .addObject()
        .put("metric", "FIREWALLS")
        .put("limit", 1000.0)
        .put("usage", (double) state.networkParts(NetworkPart.Kind.FIREWALL).size());
    quotas
        .addObject()
        .put("metric", "IMAGES")
        .put("limit", 2000.0)
        .put("usage", (double) state.images().of(project.id()).size());
    return Answer.ok(node);
  }

  private Answer setCommonInstanceMetadata(Call call) {
    Access.requireOwn(state, call);
    Map<String, String> metadata = MetadataBody.read(call.body(), "metadata");
    return replies.operation(
        call,
        caller ->
            edits.setProjectMetadata(metadata, Json.text(call.body(), "fingerprint"), caller));
  }
}

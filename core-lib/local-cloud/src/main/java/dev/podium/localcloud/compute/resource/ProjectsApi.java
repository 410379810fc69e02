package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.QuotaMetric;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.compute.QuotaUsage;
import dev.podium.localcloud.state.resource.NetworkPart;
import java.util.Map;

/// The project itself and the metadata that all its machines share.
public final class ProjectsApi {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final OperationReplies replies;

  public ProjectsApi(ComputeState state, Edits edits, Links links, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.replies = replies;
  }

  public void register(Router router) {
    router.on("GET", "projects/{project}", this::get);
    router.on(
        "POST", "projects/{project}/setCommonInstanceMetadata", this::setCommonInstanceMetadata);
  }

  private ComputeResponse get(Call call) {
    PathParameters.requireOwnProject(state, call);
    Project project = state.project();
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#project");
    node.put("id", String.valueOf(project.number()));
    node.put("creationTimestamp", ComputeJson.time(project.created()));
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
        .put("limit", state.faults().limit("global", QuotaMetric.IMAGES))
        .put("usage", QuotaUsage.of(state, "global", QuotaMetric.IMAGES));
    return ComputeResponse.ok(node);
  }

  private ComputeResponse setCommonInstanceMetadata(Call call) {
    PathParameters.requireOwnProject(state, call);
    Map<String, String> metadata = MetadataBody.read(call.body(), "metadata");
    return replies.operation(
        call,
        caller ->
            edits.setProjectMetadata(
                metadata, ComputeJson.text(call.body(), "fingerprint"), caller));
  }
}

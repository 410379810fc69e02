package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.BodyShapes;
import dev.podium.localcloud.compute.body.InstanceBody;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.body.ResourceName;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.util.List;
import java.util.Map;

/// The `set…` methods of instances.
public final class InstanceEditsApi {
  private interface Edit {
    Operation apply(InstanceKey key, ObjectNode body, Caller caller);
  }

  private final ComputeState state;
  private final Edits edits;
  private final OperationReplies replies;

  public InstanceEditsApi(ComputeState state, Edits edits, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.replies = replies;
  }

  public void register(Router router) {
    String one = "projects/{project}/zones/{zone}/instances/{name}/";
    router.on("POST", one + "setLabels", call -> edit(call, this::setLabels));
    router.on("POST", one + "setMetadata", call -> edit(call, this::setMetadata));
    router.on("POST", one + "setTags", call -> edit(call, this::setTags));
    router.on("POST", one + "setScheduling", call -> edit(call, this::setScheduling));
    router.on("POST", one + "setDeletionProtection", this::setDeletionProtection);
  }

  private ComputeResponse edit(Call call, Edit edit) {
    InstanceKey key = PathParameters.key(state, call);
    return replies.operation(call, caller -> edit.apply(key, call.body(), caller));
  }

  private Operation setLabels(InstanceKey key, ObjectNode body, Caller caller) {
    Map<String, String> labels = MetadataBody.labels(body.path("labels"), "labels");
    String fingerprint =
        ComputeJson.text(body, "labelFingerprint")
            .orElseThrow(() -> Refusal.invalid("Required field 'labelFingerprint' not specified"));
    return edits.setLabels(key, labels, fingerprint, caller);
  }

  private Operation setMetadata(InstanceKey key, ObjectNode body, Caller caller) {
    return edits.setMetadata(
        key, MetadataBody.read(body, "metadata"), ComputeJson.text(body, "fingerprint"), caller);
  }

  private Operation setTags(InstanceKey key, ObjectNode body, Caller caller) {
    BodyShapes.TAGS.check("tags", body);
    List<String> tags = ComputeJson.texts(body.path("items"));
    tags.forEach(tag -> ResourceName.check("items", tag));
    return edits.setTags(key, tags, ComputeJson.text(body, "fingerprint"), caller);
  }

  private Operation setScheduling(InstanceKey key, ObjectNode body, Caller caller) {
    return edits.setScheduling(
        key, InstanceBody.scheduling(body, state.requireInstance(key).spec().scheduling()), caller);
  }

  private ComputeResponse setDeletionProtection(Call call) {
    InstanceKey key = PathParameters.key(state, call);
    boolean protect = call.query("deletionProtection").map(Boolean::parseBoolean).orElse(true);
    return replies.operation(call, caller -> edits.setDeletionProtection(key, protect, caller));
  }
}

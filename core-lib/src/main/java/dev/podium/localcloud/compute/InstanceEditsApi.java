package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Edits;
import dev.podium.localcloud.state.InstanceKey;
import dev.podium.localcloud.state.Operation;
import dev.podium.localcloud.state.Operations.Caller;
import dev.podium.localcloud.state.Refusal;
import java.util.List;
import java.util.Map;

/// The `set…` methods of instances.
final class InstanceEditsApi {
  private interface Edit {
    Operation apply(InstanceKey key, ObjectNode body, Caller caller);
  }

  private final ComputeState state;
  private final Edits edits;
  private final Replies replies;

  InstanceEditsApi(ComputeState state, Edits edits, Replies replies) {
    this.state = state;
    this.edits = edits;
    this.replies = replies;
  }

  void register(Router router) {
    String one = "projects/{project}/zones/{zone}/instances/{name}/";
    router.on("POST", one + "setLabels", call -> edit(call, this::setLabels));
    router.on("POST", one + "setMetadata", call -> edit(call, this::setMetadata));
    router.on("POST", one + "setTags", call -> edit(call, this::setTags));
    router.on("POST", one + "setScheduling", call -> edit(call, this::setScheduling));
    router.on("POST", one + "setDeletionProtection", this::setDeletionProtection);
  }

  private Answer edit(Call call, Edit edit) {
    InstanceKey key = Access.key(state, call);
    return replies.operation(call, caller -> edit.apply(key, call.body(), caller));
  }

  private Operation setLabels(InstanceKey key, ObjectNode body, Caller caller) {
    Map<String, String> labels = MetadataBody.labels(body.path("labels"), "labels");
    String fingerprint =
        Json.text(body, "labelFingerprint")
            .orElseThrow(() -> Refusal.invalid("Required field 'labelFingerprint' not specified"));
    return edits.setLabels(key, labels, fingerprint, caller);
  }

  private Operation setMetadata(InstanceKey key, ObjectNode body, Caller caller) {
    return edits.setMetadata(
        key, MetadataBody.read(body, "metadata"), Json.text(body, "fingerprint"), caller);
  }

  private Operation setTags(InstanceKey key, ObjectNode body, Caller caller) {
    BodyShapes.TAGS.check("tags", body);
    List<String> tags = Json.texts(body.path("items"));
    tags.forEach(tag -> Names.check("items", tag));
    return edits.setTags(key, tags, Json.text(body, "fingerprint"), caller);
  }

  private Operation setScheduling(InstanceKey key, ObjectNode body, Caller caller) {
    return edits.setScheduling(
        key, InstanceBody.scheduling(body, state.requireInstance(key).spec().scheduling()), caller);
  }

  private Answer setDeletionProtection(Call call) {
    InstanceKey key = Access.key(state, call);
    boolean protect = call.query("deletionProtection").map(Boolean::parseBoolean).orElse(true);
    return replies.operation(call, caller -> edits.setDeletionProtection(key, protect, caller));
  }
}

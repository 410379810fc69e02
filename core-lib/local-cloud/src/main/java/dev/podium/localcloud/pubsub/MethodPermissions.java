package dev.podium.localcloud.pubsub;

import com.google.pubsub.v1.SeekRequest;
import java.util.Map;
import java.util.Set;

/// Which permissions each method of Pub/Sub needs. Source:
/// https://cloud.google.com/pubsub/docs/access-control
final class MethodPermissions {
  private static final String CONSUME = "pubsub.subscriptions.consume";
  private static final Map<String, Set<String>> NEEDED =
      Map.ofEntries(
          Map.entry("CreateTopic", Set.of("pubsub.topics.create")),
          Map.entry("UpdateTopic", Set.of("pubsub.topics.update")),
          Map.entry("Publish", Set.of("pubsub.topics.publish")),
          Map.entry("GetTopic", Set.of("pubsub.topics.get")),
          Map.entry("ListTopics", Set.of("pubsub.topics.list")),
          Map.entry("ListTopicSubscriptions", Set.of("pubsub.topics.listSubscriptions")),
          Map.entry("ListTopicSnapshots", Set.of("pubsub.topics.listSnapshots")),
          Map.entry("DeleteTopic", Set.of("pubsub.topics.delete")),
          Map.entry("DetachSubscription", Set.of("pubsub.topics.detachSubscription")),
          Map.entry(
              "CreateSubscription",
              Set.of("pubsub.subscriptions.create", "pubsub.topics.attachSubscription")),
          Map.entry("GetSubscription", Set.of("pubsub.subscriptions.get")),
          Map.entry("UpdateSubscription", Set.of("pubsub.subscriptions.update")),
          Map.entry("ModifyPushConfig", Set.of("pubsub.subscriptions.update")),
          Map.entry("ListSubscriptions", Set.of("pubsub.subscriptions.list")),
          Map.entry("DeleteSubscription", Set.of("pubsub.subscriptions.delete")),
          Map.entry("Acknowledge", Set.of(CONSUME)),
          Map.entry("ModifyAckDeadline", Set.of(CONSUME)),
          Map.entry("Pull", Set.of(CONSUME)),
          Map.entry("StreamingPull", Set.of(CONSUME)),
          Map.entry("Seek", Set.of(CONSUME)),
          Map.entry("CreateSnapshot", Set.of("pubsub.snapshots.create", CONSUME)),
          Map.entry("GetSnapshot", Set.of("pubsub.snapshots.get")),
          Map.entry("ListSnapshots", Set.of("pubsub.snapshots.list")),
          Map.entry("UpdateSnapshot", Set.of("pubsub.snapshots.update")),
          Map.entry("DeleteSnapshot", Set.of("pubsub.snapshots.delete")));

  private MethodPermissions() {}

  /// @param method without its service, such as `Publish`
  /// @return a method that is not known needs what no role has
  static Set<String> of(String method) {
    return NEEDED.getOrDefault(method, Set.of("pubsub." + method));
  }

  /// What a request needs beside its method's permissions.
  static Set<String> further(Object request) {
    return request instanceof SeekRequest seek && seek.hasSnapshot()
        ? Set.of("pubsub.snapshots.seek")
        : Set.of();
  }
}

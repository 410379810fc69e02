package dev.podium.localcloud.state.token;

import java.util.Set;

/// What machines may do with the tokens of their service accounts, as if each account had the one
/// role that Podium gives to its VMs, and no other. `installer/google/podium-vm-role.yaml` is that
/// role, and a test holds the two together.
///
/// A permission holds in the whole project. So a machine may also read and delete the subscription
/// of another machine whose name it guesses, as on Google: without conditions, IAM does not know
/// who made a subscription.
public final class MachineRole {
  /// Google's names for them. Source: https://cloud.google.com/pubsub/docs/access-control
  public static final Set<String> PERMISSIONS =
      Set.of(
          "pubsub.subscriptions.consume",
          "pubsub.subscriptions.create",
          "pubsub.subscriptions.delete",
          "pubsub.topics.attachSubscription",
          "pubsub.topics.get",
          "pubsub.topics.publish");

  private MachineRole() {}
}

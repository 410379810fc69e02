package dev.podium.wire.chat;

import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The names of a fleet's topics and subscriptions, and how long they keep.
///
/// @param fleet the fleet's name: lower-case letters, digits and hyphens
public record FleetTopics(String fleet) {
  /// How far back a new VM can rebuild history.
  public static final Duration CHAT_RETENTION = Duration.ofDays(1);

  /// Pub/Sub's shortest; nobody replays pulses.
  public static final Duration PULSE_RETENTION = Duration.ofMinutes(10);

  /// Pub/Sub's shortest: subscriptions of VMs and consoles that are no more vanish by themselves.
  public static final Duration SUBSCRIPTION_EXPIRY = Duration.ofDays(1);

  /// The attribute on every message that names its fleet.
  public static final String FLEET_ATTRIBUTE = "fleet";

  public String chat() {
    return "podium-" + fleet + "-chat";
  }

  public String pulse() {
    return "podium-" + fleet + "-pulse";
  }

  /// A receiver's own subscription: `who` is a VM's name with its boot, or a console's id.
  public String subscription(String topic, String who) {
    return topic + "-" + who;
  }

  /// The labels on a VM's own subscriptions: by them a console knows what a dead VM left behind.
  /// Pub/Sub does not tell when a subscription was made, so that is one of them.
  ///
  /// @param vmId the cloud's number for the VM
  /// @param now by the VM's clock
  public Map<String, String> labels(String vm, String vmId, Instant now) {
    return Map.of(
        Labels.FLEET, fleet,
        Labels.VM, vm,
        Labels.VM_ID, vmId,
        Labels.CREATED, Long.toString(now.getEpochSecond()));
  }

  /// Pub/Sub's filter for this fleet's messages only.
  public String filter() {
    return "attributes." + FLEET_ATTRIBUTE + " = \"" + fleet + "\"";
  }
}

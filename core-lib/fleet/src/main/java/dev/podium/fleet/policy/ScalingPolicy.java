package dev.podium.fleet.policy;

import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How large the fleet may be, and of what it is made when Podium makes it by itself.
///
/// @param minimum VMs that stay although nobody uses them, 0 to 1,000
/// @param maximum VMs that Podium creates by itself at most, 1 to 1,000; a person may create more
/// @param seats people a VM has room for, 1 to 10,000
/// @param spare free seats to keep ready, 0 to 100,000
/// @param idle how long nobody may use a VM before it is drained, 5 s to 30 days
/// @param zones in order of preference, at least one
/// @param machineType short name
/// @param image partial URL of an image or family
/// @param provisioning spot or not
/// @param runLimit after which the cloud itself ends a VM, 30 s to 120 days
/// @param hourlyBudget US dollars an hour that the fleet may cost; 0 sets no limit
/// @param totalBudget US dollars that the fleet may cost in all, counted from when it was given a
///   total budget. What was spent counts, as far as the consoles of this computer saw it. So does
///   what its VMs can still cost until the cloud ends them at their run limit. 0 sets no limit and
///   ends the counting
public record ScalingPolicy(
    int minimum,
    int maximum,
    int seats,
    int spare,
    Duration idle,
    List<String> zones,
    String machineType,
    String image,
    Provisioning provisioning,
    Duration runLimit,
    double hourlyBudget,
    double totalBudget) {
  private static final int MOST = 1_000;
  private static final double MOST_DOLLARS = 1_000_000;

  /// At which price, and with which promise, the cloud lends its machines.
  public enum Provisioning {
    /// The full price; the cloud does not take it back.
    STANDARD,
    /// A fraction of the price; the cloud may take it back at any time.
    SPOT,
    /// Spot where a zone has it, else standard.
    SPOT_THEN_STANDARD
  }

  /// @throws PodiumException.Invalid naming the first member that is out of its range
  public ScalingPolicy {
    zones = List.copyOf(zones);
    range("minimum", minimum, 0, MOST);
    range("maximum", maximum, 1, MOST);
    range("seats", seats, 1, 10_000);
    range("spare", spare, 0, 100_000);
    if (minimum > maximum) {
      throw refused("the minimum of " + minimum + " is over the maximum of " + maximum);
    }
    range("idle", idle, Duration.ofSeconds(5), Duration.ofDays(30));
    range("runLimit", runLimit, Duration.ofSeconds(30), Duration.ofDays(120));
    if (zones.isEmpty() || zones.stream().anyMatch(String::isBlank)) {
      throw refused("zones must name at least one zone");
    }
    if (machineType.isBlank()) {
      throw refused("machineType is empty");
    }
    dollars("hourlyBudget", hourlyBudget);
    dollars("totalBudget", totalBudget);
  }

  /// What is used where nobody says otherwise: nothing is kept, ten VMs at most.
  ///
  /// @param idle the idle limit of the health limits in use
  public static ScalingPolicy defaults(Duration idle) {
    return new ScalingPolicy(
        0,
        10,
        50,
        0,
        idle,
        List.of("us-central1-a", "us-central1-b", "us-central1-c"),
        "e2-small",
        "global/images/family/podium-agent",
        Provisioning.STANDARD,
        Duration.ofHours(8),
        0,
        0);
  }

  /// The places where a VM may be made, the best first.
  public List<Placement> places() {
    List<Placement> places = new ArrayList<>();
    if (provisioning != Provisioning.STANDARD) {
      zones.forEach(zone -> places.add(new Placement(zone, true)));
    }
    if (provisioning != Provisioning.SPOT) {
      zones.forEach(zone -> places.add(new Placement(zone, false)));
    }
    return places;
  }

  private static void dollars(String member, double value) {
    if (!(value >= 0 && value <= MOST_DOLLARS)) {
      throw refused(member + " is " + value + " and must be from 0 to 1000000 dollars");
    }
  }

  private static void range(String member, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(member + " is " + value + " and must be from " + least + " to " + most);
    }
  }

  private static void range(String member, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          member
              + " is "
              + DurationText.inSeconds(value)
              + " and must be from "
              + least.toSeconds()
              + " to "
              + DurationText.inSeconds(most));
    }
  }

  private static PodiumException.Invalid refused(String why) {
    return new PodiumException.Invalid(
        "The fleet's policy cannot be used", why, "Correct that member.");
  }
}

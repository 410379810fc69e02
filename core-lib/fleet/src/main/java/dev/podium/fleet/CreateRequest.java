package dev.podium.fleet;

import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// VMs to create, in a person's words; [Fleet#create] fills in what is left out.
///
/// @param count 1 to [#MOST]
/// @param namePrefix the VMs are `prefix-1`, `prefix-2`, …; numbers in use are skipped
/// @param zones in order of preference, at least one; a stock-out moves on to the next
/// @param machineType short name
/// @param image partial URL of an image or family
/// @param runLimit how long the cloud lets them run
/// @param labels of the person's own; Podium's are refused
/// @param seats people a VM has room for, 1 to 10,000
public record CreateRequest(
    int count,
    String namePrefix,
    List<String> zones,
    String machineType,
    String image,
    String diskType,
    int diskSizeGb,
    boolean spot,
    Duration runLimit,
    int seats,
    Map<String, String> labels,
    Optional<String> idempotencyKey) {
  /// A slip of the finger must not cost a fortune.
  public static final int MOST = 1_000;

  /// @throws PodiumException.Invalid if a number is out of range, no zone is named or a label is
  ///   Podium's
  public CreateRequest {
    zones = List.copyOf(zones);
    labels = Map.copyOf(labels);
    if (count < 1 || count > MOST) {
      throw new PodiumException.Invalid(
          count + " VMs cannot be created at once",
          "1 to " + MOST + " can",
          "Ask for a number in that range.");
    }
    for (String label : labels.keySet()) {
      if (label.startsWith(Labels.PREFIX)) {
        throw new PodiumException.Invalid(
            "The label '" + label + "' cannot be set",
            "Podium keeps the labels that begin with '" + Labels.PREFIX + "' for itself",
            "Choose another name for the label.");
      }
    }
    if (zones.isEmpty()) {
      throw new PodiumException.Invalid(
          "No zone is named", "a VM needs one", "Name a zone such as us-central1-a.");
    }
    if (seats < 1 || seats > 10_000) {
      throw new PodiumException.Invalid(
          "A VM cannot have " + seats + " seats",
          "1 to 10,000 are possible",
          "Choose a number in that range.");
    }
  }

  /// What is used where the person says nothing: what a policy is by default, as one VM of it.
  public static CreateRequest defaults() {
    ScalingPolicy usual = ScalingPolicy.defaults(Duration.ofMinutes(30));
    return new CreateRequest(
        1,
        "vm",
        usual.zones(),
        usual.machineType(),
        usual.image(),
        "pd-balanced",
        10,
        false,
        usual.runLimit(),
        usual.seats(),
        Map.of(),
        Optional.empty());
  }

  /// The same in other zones, from another image, on another type of disk.
  public CreateRequest with(List<String> otherZones, String otherImage, String otherDisk) {
    return new CreateRequest(
        count,
        namePrefix,
        otherZones,
        machineType,
        otherImage,
        otherDisk,
        diskSizeGb,
        spot,
        runLimit,
        seats,
        labels,
        idempotencyKey);
  }
}

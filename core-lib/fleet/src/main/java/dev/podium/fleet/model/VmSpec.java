package dev.podium.fleet.model;

import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Map;

/// A VM to create: a boot disk from a custom image, a machine type, a zone.
///
/// @param sourceImage partial URL: `global/images/family/podium-agent`, or
///   `projects/P/global/images/I`
/// @param diskType short name, such as `pd-balanced`
/// @param diskSizeGb 10 or more
/// @param runLimit after which the cloud itself deletes it; 30 s to 120 days (Compute Engine's
///   `maxRunDuration`)
/// @param labels at most 64; must hold [Labels#FLEET]
/// @param metadata what the agent reads at its start
public record VmSpec(
    VmName name,
    String zone,
    String machineType,
    String sourceImage,
    String diskType,
    int diskSizeGb,
    boolean spot,
    Duration runLimit,
    Map<String, String> labels,
    Map<String, String> metadata) {
  /// @throws PodiumException.Invalid if a number is out of its range or the fleet's label is
  ///   missing
  public VmSpec {
    labels = Map.copyOf(labels);
    metadata = Map.copyOf(metadata);
    if (diskSizeGb < 10) {
      throw new PodiumException.Invalid(
          "A boot disk of " + diskSizeGb + " GB is too small",
          "the image needs 10 GB",
          "Ask for 10 GB or more.");
    }
    if (runLimit.compareTo(Duration.ofSeconds(30)) < 0
        || runLimit.compareTo(Duration.ofDays(120)) > 0) {
      throw new PodiumException.Invalid(
          "A lifetime of " + DurationText.inSeconds(runLimit) + " cannot be set",
          "the cloud takes 30 seconds to 120 days",
          "Choose a lifetime in that range.");
    }
    if (!labels.containsKey(Labels.FLEET)) {
      throw new PodiumException.Invalid(
          "The VM '" + name + "' would belong to no fleet",
          "its label " + Labels.FLEET + " is missing",
          "Name a fleet.");
    }
  }
}

package dev.podium.fleet.preflight.fact;

import dev.podium.fleet.config.CloudProfile;
import java.util.List;
import java.util.Optional;

/// The VM that the fleet is about to be made of, for which a project is checked.
///
/// @param profile the project, and how it wants its VMs
/// @param zones where VMs are to be, in order of preference; at least one
/// @param machineType short name
/// @param image partial URL of an image or family
/// @param diskType of the boot disk
/// @param diskSizeGb of the boot disk
/// @param port on which the chat is served
public record PlannedVm(
    CloudProfile profile,
    List<String> zones,
    String machineType,
    String image,
    String diskType,
    int diskSizeGb,
    int port) {
  public PlannedVm {
    zones = List.copyOf(zones);
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("A VM needs a zone");
    }
  }

  /// The project's id.
  public String project() {
    return profile.project();
  }

  /// The regions of its zones, in their order.
  public List<String> regions() {
    return zones.stream().map(PlannedVm::regionOf).distinct().toList();
  }

  /// The project's own network by its name; empty where the profile names one of another project,
  /// or a subnet alone.
  public Optional<String> ownNetwork() {
    return profile
        .machines()
        .networkPath()
        .filter(path -> !path.contains("projects/") || path.contains("projects/" + project() + "/"))
        .map(path -> path.substring(path.lastIndexOf('/') + 1));
  }

  /// The region of a zone: everything before its last hyphen.
  public static String regionOf(String zone) {
    int hyphen = zone.lastIndexOf('-');
    return hyphen < 0 ? zone : zone.substring(0, hyphen);
  }
}

package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a project's VMs are made and of what, where neither the fleet's policy nor a person says
/// otherwise. A company whose rules allow Europe alone says it here once.
///
/// @param region such as `europe-west1`; counts where no zone is named
/// @param zones in order of preference, all of the region if one is named; none for Podium's own
/// @param image partial URL of an image or family; none for Podium's own
/// @param diskType of boot disks, such as `pd-ssd`; none for what suits the machine type
/// @param port on which VMs serve the chat, 1 to 65,535; none for the agent's own, 8080
public record VmDefaults(
    Optional<String> region,
    List<String> zones,
    Optional<String> image,
    Optional<String> diskType,
    Optional<Integer> port) {
  private static final int HIGHEST_PORT = 65_535;
  private static final String REGION_FORM = "[a-z]+(?:-[a-z]+)+[0-9]+";
  private static final Pattern REGION = Pattern.compile(REGION_FORM);
  private static final Pattern ZONE = Pattern.compile(REGION_FORM + "-[a-z][a-z0-9]*");
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?:https://[^/\\s]+/compute/[^/\\s]+/)?(?:projects/[^/\\s]+/)?global/images/(?:family/)?"
              + "[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern DISK_TYPE = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");

  /// @throws PodiumException.Invalid if a member is not in its form, or a zone is of another region
  public VmDefaults {
    zones = List.copyOf(zones);
    region.ifPresent(value -> ProfileForm.require(REGION, "region", value, "europe-west1"));
    zones.forEach(value -> ProfileForm.require(ZONE, "zone", value, "europe-west1-b"));
    image.ifPresent(
        value -> ProfileForm.require(IMAGE, "image", value, "global/images/family/podium-agent"));
    diskType.ifPresent(value -> ProfileForm.require(DISK_TYPE, "disk type", value, "pd-ssd"));
    if (port.isPresent() && (port.get() < 1 || port.get() > HIGHEST_PORT)) {
      throw ProfileForm.refused("port", String.valueOf(port.get()), "8080");
    }
    for (String zone : zones) {
      if (region.isPresent() && !zone.startsWith(region.get() + "-")) {
        throw new PodiumException.Invalid(
            "The zone '" + zone + "' cannot be used",
            "the profile names the region '" + region.get() + "', and it is not of that",
            "Name a zone of that region, or another region.");
      }
    }
  }

  /// Nothing is said.
  public static VmDefaults none() {
    return new VmDefaults(
        Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The zones to use, the best first; none where nothing is said. Of a region these are `b` and
  /// `c`, because every region has them and not every one has an `a`
  /// (https://cloud.google.com/compute/docs/regions-zones).
  public List<String> places() {
    return zones.isEmpty()
        ? region.map(name -> List.of(name + "-b", name + "-c")).orElse(List.of())
        : zones;
  }
}

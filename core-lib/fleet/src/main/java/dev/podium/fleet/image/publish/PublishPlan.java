package dev.podium.fleet.image.publish;

import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.offer.BootDiskType;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a publication is to do, and where.
///
/// @param family that the image goes into, such as `podium-agent`
/// @param zones where its VMs may be made, the best first
/// @param machineType of its VMs; none for a small one that the image fits
/// @param port on which its VM serves; none for the agent's own
/// @param keep how many images of the family are not retired, 1 or more
/// @param bootLimit how long a VM may take until it serves
/// @param operator in whose name it is done: an e-mail address
public record PublishPlan(
    String family,
    List<String> zones,
    Optional<String> machineType,
    Optional<Integer> port,
    int keep,
    Duration bootLimit,
    String operator) {
  /// The fleet whose label the VMs of a publication carry. One publication at a time in a project.
  public static final String FLEET = "podium-image";

  /// The family that profiles use where they name no image.
  public static final String FAMILY = "podium-agent";

  /// How many images of a family are not retired where nobody says otherwise.
  public static final int KEEP = 3;

  /// A machine of a shared core needs a minute or two; this is several times as long.
  public static final Duration BOOT_LIMIT = Duration.ofMinutes(6);

  /// After which the cloud itself ends a VM that a killed console left.
  public static final Duration LONGEST = Duration.ofMinutes(40);

  private static final Pattern NAME = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 63;
  private static final int LEAST_DISK = 10;

  /// @throws PodiumException.Invalid if the family is no name, or none is to be kept
  public PublishPlan {
    zones = List.copyOf(zones);
    if (zones.isEmpty()) {
      throw new PodiumException.Invalid(
          "The image cannot be published", "no zone is named", "Name one with --zone.");
    }
    if (!NAME.matcher(family).matches()) {
      throw new PodiumException.Invalid(
          "The image cannot be published",
          "'" + family + "' is no name of a family",
          "Use lower-case letters, digits and hyphens, such as podium-agent.");
    }
    if (keep < 1) {
      throw new PodiumException.Invalid(
          "The image cannot be published",
          "it would be retired itself if " + keep + " were kept",
          "Keep 1 or more.");
    }
  }

  /// The region of its first zone.
  public String region() {
    return zones.getFirst().replaceFirst("-[a-z0-9]+$", "");
  }

  /// The name of the image: `podium-agent-0-1-0-20261130-153000`.
  public String imageName(String version, Instant now) {
    String stamp = "-" + STAMP.format(now);
    String plain = (family + "-" + version).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    int longest = LONGEST_NAME - stamp.length();
    String cut = plain.length() <= longest ? plain : plain.substring(0, longest);
    return cut.replaceFirst("-+$", "") + stamp;
  }

  /// What the image carries until it is published.
  public Map<String, String> labels(String version, String state) {
    return Map.of(
        Labels.IMAGE, state,
        Labels.VERSION, Labels.value(version),
        Labels.OWNER, Labels.value(operator));
  }

  /// Another VM of this publication.
  ///
  /// @param purpose a word of its name
  /// @param image partial URL of what it boots
  /// @param architecture `X86_64` or `ARM64`
  /// @param metadata beside what the agent needs
  public VmSpec vm(
      String purpose,
      String zone,
      String image,
      String architecture,
      long diskSizeGb,
      Map<String, String> metadata) {
    String type = machineType.orElse(architecture.equals("ARM64") ? "t2a-standard-1" : "e2-small");
    Map<String, String> all = new HashMap<>(metadata);
    all.put(AgentMetadata.FLEET, FLEET);
    all.put(AgentMetadata.SEATS, "1");
    all.put(AgentMetadata.IDENTITY, AgentMetadata.IDENTITY_KIND);
    port.ifPresent(number -> all.put(AgentMetadata.PORT, number.toString()));
    return new VmSpec(
        new VmName("podium-" + purpose + "-" + UUID.randomUUID().toString().substring(0, 8)),
        zone,
        type,
        image,
        BootDiskType.usual(type),
        (int) Math.max(LEAST_DISK, diskSizeGb),
        false,
        LONGEST,
        Map.of(Labels.FLEET, FLEET, Labels.OWNER, Labels.value(operator)),
        all);
  }
}

package dev.podium.desktop.cli.profile;

import dev.podium.fleet.config.ProfileDraft;
import dev.podium.fleet.config.ProfileMember;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a profile says of the project's VMs, as options. What is left out stays as it was; an empty
/// text takes back what was said.
final class ProfileOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME|URL",
      description = "VPC network of the VMs; the network 'default' if none is named.")
  private @Nullable String network;

  @Option(
      names = "--subnet",
      paramLabel = "NAME|URL",
      description =
          "Subnet of the VMs; of a Shared VPC: projects/HOST/regions/REGION/subnetworks/NAME.")
  private @Nullable String subnet;

  @Option(
      names = "--external-address",
      negatable = true,
      description =
          "Whether VMs have addresses that the internet reaches; without, people reach them by their"
              + " address in the network.")
  private @Nullable Boolean externalAddress;

  @Option(
      names = "--service-account",
      paramLabel = "EMAIL",
      description = "The account that VMs run as; the project's default if none is named.")
  private @Nullable String serviceAccount;

  @Option(
      names = "--scopes",
      paramLabel = "URL",
      split = ",",
      description = "OAuth scopes of the VMs' tokens.")
  private @Nullable List<String> scopes;

  @Option(
      names = "--tags",
      paramLabel = "TAG",
      split = ",",
      description = "Network tags of the VMs, which firewall rules are for.")
  private @Nullable List<String> tags;

  @Option(
      names = "--secure-boot",
      negatable = true,
      description = "Whether VMs boot signed kernels only, as Shielded VMs.")
  private @Nullable Boolean secureBoot;

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "Region of the VMs, such as europe-west1: its zones b and c, unless --zones.")
  private @Nullable String region;

  @Option(
      names = "--zones",
      paramLabel = "Z",
      split = ",",
      description = "Zones of the VMs, the best first; a new policy's zones.")
  private @Nullable List<String> zones;

  @Option(
      names = "--image",
      paramLabel = "URL",
      description = "Image of the VMs, or a family such as global/images/family/podium-agent.")
  private @Nullable String image;

  @Option(
      names = "--disk-type",
      paramLabel = "TYPE",
      description = "Type of boot disks, such as pd-ssd; what suits the machine type by default.")
  private @Nullable String diskType;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on which VMs serve the chat; 8080 by default.")
  private @Nullable String port;

  /// The draft with what was said put in its place.
  ProfileDraft on(ProfileDraft before) {
    Map<ProfileMember, String> said = new EnumMap<>(ProfileMember.class);
    put(said, ProfileMember.NETWORK, network);
    put(said, ProfileMember.SUBNET, subnet);
    put(said, ProfileMember.EXTERNAL_ADDRESS, yesOrNo(externalAddress));
    put(said, ProfileMember.SERVICE_ACCOUNT, serviceAccount);
    put(said, ProfileMember.SCOPES, joined(scopes));
    put(said, ProfileMember.TAGS, joined(tags));
    put(said, ProfileMember.SECURE_BOOT, yesOrNo(secureBoot));
    put(said, ProfileMember.REGION, region);
    put(said, ProfileMember.ZONES, joined(zones));
    put(said, ProfileMember.IMAGE, image);
    put(said, ProfileMember.DISK_TYPE, diskType);
    put(said, ProfileMember.PORT, port);
    return before.with(said);
  }

  static void put(Map<ProfileMember, String> said, ProfileMember member, @Nullable String text) {
    if (text != null) {
      said.put(member, text);
    }
  }

  private static @Nullable String joined(@Nullable List<String> names) {
    return names == null ? null : String.join(" ", names);
  }

  private static @Nullable String yesOrNo(@Nullable Boolean truth) {
    return truth == null ? null : truth ? "yes" : "no";
  }
}

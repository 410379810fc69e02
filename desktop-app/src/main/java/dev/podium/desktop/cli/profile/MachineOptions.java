package dev.podium.desktop.cli.profile;

import dev.podium.fleet.config.MachineSettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a project wants its VMs to be made, as options. What is left out stays as it was; an empty
/// text takes back what was said.
final class MachineOptions {
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

  /// The settings before, with what was said put in their place.
  MachineSettings on(MachineSettings before) {
    return new MachineSettings(
        changed(network, before.network()),
        changed(subnet, before.subnet()),
        externalAddress == null ? before.externalAddress() : externalAddress,
        changed(serviceAccount, before.serviceAccount()),
        scopes == null ? before.scopes() : scopes,
        tags == null ? before.tags() : tags.stream().filter(tag -> !tag.isEmpty()).toList(),
        secureBoot == null ? before.secureBoot() : secureBoot);
  }

  private static Optional<String> changed(@Nullable String said, Optional<String> before) {
    return said == null ? before : Optional.of(said).filter(text -> !text.isEmpty());
  }
}

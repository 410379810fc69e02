package dev.podium.desktop.cli.fault;

import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.program.Programs;
import picocli.CommandLine.Command;

/// `podium local-cloud fault clear`.
@Command(
    name = "clear",
    description = "Make everything well again; hung and cut-off VMs stay as they are.")
final class ClearFaultsCommand extends CloudCommand {
  ClearFaultsCommand(Programs programs) {
    super(programs);
  }

  @Override
  int run(CloudClient cloud) {
    cloud.send("DELETE", "faults", "");
    print("Nothing goes wrong any more.");
    return 0;
  }
}

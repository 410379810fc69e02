package dev.podium.desktop.cli.instance;

import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium instances drain`.
@Command(
    name = "drain",
    description = "Move the people on VMs to others, destroy the VMs, wait until they are gone.")
public final class DrainCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The VMs.")
  private List<String> names = List.of();

  @Option(names = "--no-wait", description = "Return once the VMs were asked.")
  private boolean noWait;

  public DrainCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    return new EachVm(this, api, noWait)
        .run(names, name -> api.post(path(name) + ":drain", Map.of()), "is drained and gone");
  }
}

package dev.podium.desktop.cli.instance;

import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium instances destroy`.
@Command(name = "destroy", description = "Destroy VMs and wait until they are gone.")
public final class DestroyCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The VMs.")
  private List<String> names = List.of();

  @Option(names = "--force", description = "Although people are on them.")
  private boolean force;

  @Option(names = "--no-wait", description = "Return once the cloud has accepted it.")
  private boolean noWait;

  public DestroyCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    return new EachVm(this, api, noWait)
        .run(names, name -> api.delete(path(name) + "?force=" + force), "is destroyed");
  }
}

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

/// `podium instances pin`.
@Command(
    name = "pin",
    description =
        "Never end VMs automatically, until the pin is lifted or their run limit is over.")
public final class PinCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The VMs.")
  private List<String> names = List.of();

  @Option(names = "--lift", description = "Lift the pin.")
  private boolean lift;

  public PinCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    return each(
        names,
        name -> {
          var vm = api.post(path(name) + ":pin", Map.of("pinned", !lift));
          print(vm, name + (lift ? " is pinned no more" : " is pinned"));
        });
  }
}

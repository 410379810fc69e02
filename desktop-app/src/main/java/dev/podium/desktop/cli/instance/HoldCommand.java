package dev.podium.desktop.cli.instance;

import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium instances hold`.
@Command(
    name = "hold",
    description = "Keep VMs for a while although nobody uses them; an hour by default.",
    footer = {
      "",
      "A hold cannot go beyond a VM's run limit: Compute Engine itself ends the VM then, and lets"
          + " nobody change that limit while the VM runs."
    })
public final class HoldCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The VMs.")
  private List<String> names = List.of();

  @ArgGroup private @Nullable Length length;

  public HoldCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    long minutes = length == null ? 60 : length.lift ? 0 : length.minutes;
    return each(
        names,
        name -> {
          var vm = api.post(path(name) + ":hold", Map.of("minutes", minutes));
          print(
              vm,
              name
                  + (minutes == 0
                      ? " is held no more"
                      : " is held until " + vm.path("heldUntil").asText()));
        });
  }

  /// One of them.
  private static final class Length {
    @Option(
        names = "--minutes",
        paramLabel = "N",
        description = "How long from now on, 1 to 10080.")
    private long minutes = 60;

    @Option(names = "--lift", description = "End the hold.")
    private boolean lift;
  }
}

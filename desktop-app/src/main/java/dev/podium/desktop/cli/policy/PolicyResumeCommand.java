package dev.podium.desktop.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.Map;
import picocli.CommandLine.Command;

/// `podium policy resume`.
@Command(
    name = "resume",
    description =
        "Make VMs by itself again, after what stopped that was mended. Where it was not, the next"
            + " VM shows it.")
final class PolicyResumeCommand extends FleetCommand {
  PolicyResumeCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode answer = api.post("v1/scaler:resume", Map.of());
    print(answer, "VMs are made by themselves again.");
    return 0;
  }
}

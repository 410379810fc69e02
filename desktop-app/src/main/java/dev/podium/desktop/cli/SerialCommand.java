package dev.podium.desktop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium instances serial`.
@Command(name = "serial", description = "What a VM wrote to its serial console.")
final class SerialCommand extends FleetCommand {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Parameters(paramLabel = "NAME", description = "The VM.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as it writes, until Ctrl-C.")
  private boolean follow;

  SerialCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  int run(ApiClient api) {
    JsonNode output = read(api, 0);
    print(output, output.path("contents").asText().stripTrailing());
    while (follow && pause()) {
      output = read(api, output.path("next").asLong());
      if (!output.path("contents").asText().isEmpty()) {
        print(output, output.path("contents").asText().stripTrailing());
      }
    }
    return 0;
  }

  private JsonNode read(ApiClient api, long start) {
    return api.get(path(name) + "/serial?start=" + start);
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

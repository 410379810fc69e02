package dev.podium.desktop.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium instances serial`.
@Command(name = "serial", description = "What a VM wrote to its serial console.")
public final class SerialCommand extends FleetCommand {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Parameters(paramLabel = "NAME", description = "The VM.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as it writes, until Ctrl-C.")
  private boolean follow;

  public SerialCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode output = read(api, 0);
    if (!follow) {
      print(output, output.path("contents").asText().stripTrailing());
      return 0;
    }
    show(output);
    while (pause()) {
      output = read(api, output.path("next").asLong());
      if (!output.path("contents").asText().isEmpty()) {
        show(output);
      }
    }
    return 0;
  }

  /// A read may end in the middle of a line, which the next one goes on with.
  private void show(JsonNode output) {
    switch (form()) {
      case TABLE, CSV, SECRET -> printPart(output.path("contents").asText());
      case JSON, JSONL -> print(output, "");
    }
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

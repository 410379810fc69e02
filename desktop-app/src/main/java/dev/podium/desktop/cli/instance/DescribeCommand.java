package dev.podium.desktop.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium instances describe`.
@Command(name = "describe", description = "All that is known of a VM.")
public final class DescribeCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", description = "The VM.")
  private String name = "";

  public DescribeCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode instance = api.get(path(name));
    List<List<String>> rows = new ArrayList<>();
    instance
        .properties()
        .forEach(field -> rows.add(List.of(field.getKey(), text(field.getValue()))));
    print(instance, List.of("FIELD", "VALUE"), rows);
    return 0;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}

package dev.podium.desktop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium instances describe`.
@Command(name = "describe", description = "All that is known of a VM.")
final class DescribeCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", description = "The VM.")
  private String name = "";

  DescribeCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  int run(ApiClient api) {
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

package dev.podium.desktop.cli.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.Table;
import dev.podium.desktop.program.Programs;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `podium local-cloud fault show`.
@Command(name = "show", description = "What goes wrong at present, and how the machines are.")
final class ShowFaultsCommand extends CloudCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of what is printed; json has the faults alone, as --faults reads them.")
  private Form form = Form.TABLE;

  /// How it is printed.
  private enum Form {
    /// For a person.
    TABLE,
    /// For a program.
    JSON
  }

  ShowFaultsCommand(Programs programs) {
    super(programs);
  }

  @Override
  int run(CloudClient cloud) {
    JsonNode faults = cloud.get("faults");
    print(JsonText.pretty(faults));
    if (form == Form.TABLE) {
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode machine : cloud.get("machines").path("machines")) {
        rows.add(row(machine));
      }
      print(new Table(List.of("NAME", "ZONE", "STATUS", "PID", "CONDITION"), rows).toString());
    }
    return 0;
  }

  private static List<String> row(JsonNode machine) {
    return List.of(
        machine.path("name").asText(),
        machine.path("zone").asText(),
        machine.path("status").asText(),
        machine.path("pid").asText("-"),
        condition(machine));
  }

  private static String condition(JsonNode machine) {
    List<String> words = new ArrayList<>();
    if (machine.path("status").asText().equals("RUNNING") && !machine.has("pid")) {
      words.add("nothing runs");
    }
    if (machine.path("hung").asBoolean()) {
      words.add("hung");
    }
    if (machine.path("cut").asBoolean()) {
      words.add("cut off");
    } else if (machine.path("cuttable").asBoolean()) {
      words.add("can be cut off");
    }
    return words.isEmpty() ? "-" : String.join(", ", words);
  }
}

package dev.podium.desktop.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.wire.model.PodiumException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `podium people remove`.
@Command(
    name = "remove",
    description =
        "Put somebody out of the chat, on every VM, and refuse them with the same invite.",
    footer = {
      "",
      "Who came by an access code is refused by the same name on the same device; change the code"
          + " with 'podium policy set' to keep them out.",
      "Example: podium people remove Ann --hours 2"
    })
final class PeopleRemoveCommand extends FleetCommand {
  @Parameters(
      paramLabel = "NAME|ID",
      description = "The person's name or id, as 'podium people list' shows them.")
  private String person = "";

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "12",
      description = "For how long they are refused, 1 to 24; 12 by default, the longest invite.")
  private int hours;

  PeopleRemoveCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  protected void checkUsage() {
    if (hours < 1 || hours > 24) {
      throw new ParameterException(
          spec().commandLine(), "--hours " + hours + " is not a number from 1 to 24");
    }
  }

  @Override
  public int run(ApiClient api) {
    Map.Entry<String, String> found = found(api);
    JsonNode removed =
        api.delete(
            "v1/people/"
                + URLEncoder.encode(found.getKey(), StandardCharsets.UTF_8).replace("+", "%20")
                + "?hours="
                + hours);
    print(
        removed,
        "'"
            + found.getValue()
            + "' is put out, and refused until "
            + removed.path("until").asText()
            + ".");
    return 0;
  }

  /// The id and the name of the one person that is meant.
  private Map.Entry<String, String> found(ApiClient api) {
    Map<String, String> found = new LinkedHashMap<>();
    for (JsonNode each : api.get("v1/people").path("people")) {
      String id = each.path("id").asText();
      String name = each.path("name").asText();
      if (id.equals(person)) {
        return Map.entry(id, name);
      }
      if (name.equalsIgnoreCase(person)) {
        found.put(id, name);
      }
    }
    if (found.isEmpty()) {
      throw new PodiumException.NotFound(
          "There is nobody with the name '" + person + "' in the chat",
          "they left, or the name is another",
          "See 'podium people list'.",
          null);
    }
    if (found.size() > 1) {
      throw new PodiumException.Conflict(
          "There are " + found.size() + " people with the name '" + person + "'",
          "their ids are " + String.join(", ", found.keySet()),
          "Give the id of the one that is meant.",
          null);
    }
    return found.entrySet().iterator().next();
  }
}

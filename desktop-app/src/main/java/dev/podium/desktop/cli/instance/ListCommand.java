package dev.podium.desktop.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.cli.text.InstanceRow;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `podium instances list`.
@Command(name = "list", description = "The VMs, their health and who is on them.")
public final class ListCommand extends FleetCommand {
  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only those that match, in the API's form: health=HEALTHY")
  private String filter = "";

  public ListCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    String token = "";
    do {
      JsonNode page =
          api.get("v1/instances?filter=" + encoded(filter) + "&pageToken=" + encoded(token));
      page.path("instances").forEach(all::add);
      token = page.path("nextPageToken").asText("");
    } while (!token.isEmpty() && !token.equals("null"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("instances", all);
    print(answer, all, InstanceRow.table(all), InstanceRow.csv(all));
    tellIfStopped(api);
    return 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

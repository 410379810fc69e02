package dev.podium.desktop.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/// `podium people list`.
@Command(
    name = "list",
    description = "Who is in the chat, in which rooms and on which VMs, by name.",
    footer = {"", "As the VMs' last heartbeats say: a moment old at most."})
final class PeopleListCommand extends FleetCommand {
  private static final List<String> HEADER = List.of("NAME", "ROOMS", "VMS", "ID");

  PeopleListCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode answer = api.get("v1/people");
    List<List<String>> rows = new ArrayList<>();
    answer.path("people").forEach(person -> rows.add(row(person)));
    print(answer, answer.path("people"), HEADER, rows);
    return 0;
  }

  private static List<String> row(JsonNode person) {
    return List.of(
        person.path("name").asText(),
        words(person.path("rooms")),
        words(person.path("instances")),
        person.path("id").asText());
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return String.join(", ", words);
  }
}

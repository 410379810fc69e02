package dev.podium.desktop.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An instance of the API's answer as a row of the table.
public final class InstanceRow {
  private static final List<String> HEADER =
      List.of("NAME", "ZONE", "STATUS", "HEALTH", "PEOPLE", "AGE", "IDLE", "CHAT", "REASON");

  /// Ages are whole seconds there.
  private static final List<String> CSV_HEADER =
      List.of(
          "NAME", "ZONE", "STATUS", "HEALTH", "PEOPLE", "SEATS", "AGE", "IDLE", "CHAT", "REASON");

  private InstanceRow() {}

  /// For a person.
  public static Table table(JsonNode instances) {
    List<List<String>> rows = new ArrayList<>();
    instances.forEach(instance -> rows.add(row(instance)));
    return new Table(HEADER, rows);
  }

  /// For a spreadsheet: each number in a column of its own, and nothing where there is none.
  public static Table csv(JsonNode instances) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode instance : instances) {
      rows.add(
          Stream.of(
                  "name",
                  "zone",
                  "status",
                  "health",
                  "participants",
                  "seats",
                  "ageSeconds",
                  "idleSeconds",
                  "chatUrl",
                  "reason")
              .map(member -> instance.hasNonNull(member) ? instance.path(member).asText() : "")
              .toList());
    }
    return new Table(CSV_HEADER, rows);
  }

  static List<String> row(JsonNode instance) {
    return List.of(
        text(instance, "name"),
        text(instance, "zone"),
        text(instance, "status"),
        text(instance, "health"),
        text(instance, "participants") + "/" + text(instance, "seats"),
        age(instance.path("ageSeconds")),
        age(instance.path("idleSeconds")),
        text(instance, "chatUrl"),
        text(instance, "reason"));
  }

  private static String text(JsonNode instance, String field) {
    JsonNode value = instance.path(field);
    return value.isMissingNode() || value.isNull() ? "-" : value.asText();
  }

  private static String age(JsonNode seconds) {
    return seconds.isNumber() ? DurationText.compact(Duration.ofSeconds(seconds.asLong())) : "-";
  }
}

package dev.podium.desktop.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An instance of the API's answer as a row of the table.
public final class InstanceRow {
  public static final List<String> HEADER =
      List.of("NAME", "ZONE", "STATUS", "HEALTH", "PEOPLE", "AGE", "IDLE", "CHAT", "REASON");

  private InstanceRow() {}

  public static List<List<String>> rows(JsonNode instances) {
    List<List<String>> rows = new ArrayList<>();
    instances.forEach(instance -> rows.add(row(instance)));
    return rows;
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

package dev.podium.fleet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.model.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Activities for other programs, as JSON or as lines of CSV (RFC 4180). The API, the command line
/// and the window all give them away in this form.
public final class ActivityExport {
  /// The columns of [#csv].
  public static final List<String> COLUMNS =
      List.of("at", "actor", "level", "instance", "sentence", "evidence");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ActivityExport() {}

  /// `at` in RFC 3339, `actor` and `level` as their names, `instance`, which is empty if it is
  /// about none, and `sentence`. `evidence` is a list of `channel`, `at`, `finding`.
  public static ObjectNode json(Activity activity) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", activity.at().toString())
        .put("actor", activity.actor().name())
        .put("level", activity.level().name())
        .put("instance", activity.vm().map(Object::toString).orElse(""))
        .put("sentence", activity.sentence());
    ArrayNode evidence = node.putArray("evidence");
    for (Evidence one : activity.evidence()) {
      evidence
          .addObject()
          .put("channel", one.channel().name())
          .put("at", one.at().toString())
          .put("finding", one.finding());
    }
    return node;
  }

  /// One object a line.
  public static List<String> jsonLines(List<Activity> activities) {
    return activities.stream().map(activity -> json(activity).toString()).toList();
  }

  /// A line of column names, then one line for each.
  public static List<String> csv(List<Activity> activities) {
    return Stream.concat(
            Stream.of(csvLine(COLUMNS)), activities.stream().map(one -> csvLine(cells(one))))
        .toList();
  }

  private static List<String> cells(Activity activity) {
    return List.of(
        activity.at().toString(),
        activity.actor().name(),
        activity.level().name(),
        activity.vm().map(Object::toString).orElse(""),
        activity.sentence(),
        activity.evidence().stream()
            .map(one -> evidence(one.channel().name(), one.finding()))
            .collect(Collectors.joining("; ")));
  }

  /// A piece of evidence in a cell: `heartbeat: none for 23 s`.
  public static String evidence(String channel, String finding) {
    return channel.toLowerCase(Locale.ROOT) + ": " + finding;
  }

  /// The cells of one line, quoted where they must be.
  public static String csvLine(List<String> cells) {
    return cells.stream().map(ActivityExport::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}

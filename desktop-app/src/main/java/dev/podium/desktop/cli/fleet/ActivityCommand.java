package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.event.ActivityExport;
import dev.podium.fleet.event.FleetEvent.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `podium activity`.
@Command(
    name = "activity",
    aliases = "events",
    description = "What happened to the fleet of late, each act with its reason and its evidence.",
    footer = {"", "Example: podium activity --follow --level warning -o jsonl"})
public final class ActivityCommand extends FleetCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens from now on, until it is interrupted.")
  private boolean follow;

  @Option(
      names = "--level",
      paramLabel = "info|warning|failure",
      defaultValue = "info",
      description = "How much it must matter; everything by default.")
  private Level level = Level.INFO;

  @Option(names = "--instance", paramLabel = "NAME", description = "Only what is about this VM.")
  private @Nullable String instance;

  public ActivityCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    if (!follow) {
      list(api.get(path()));
      return 0;
    }
    if (form() == Form.CSV) {
      print(ActivityExport.csvLine(ActivityExport.COLUMNS));
    }
    Set<JsonNode> past = new HashSet<>();
    api.follow(
        "v1/events",
        (kind, data) -> {
          if (kind.equals("snapshot")) {
            // The stream is open now: what is asked for from here on overlaps with it, and nothing
            // is missed between the two.
            for (JsonNode activity : api.get(path()).path("activities")) {
              past.add(activity);
              line(activity);
            }
          } else if (kind.equals("activity") && wanted(data) && !past.contains(data)) {
            line(data);
          }
          return true;
        });
    return 0;
  }

  private String path() {
    return "v1/activity?level="
        + level
        + (instance == null
            ? ""
            : "&instance=" + URLEncoder.encode(instance, StandardCharsets.UTF_8));
  }

  private boolean wanted(JsonNode activity) {
    return Level.valueOf(activity.path("level").asText()).compareTo(level) >= 0
        && (instance == null || instance.equals(activity.path("instance").asText()));
  }

  private void list(JsonNode answer) {
    JsonNode activities = answer.path("activities");
    if (form() == Form.CSV) {
      print(ActivityExport.csvLine(ActivityExport.COLUMNS));
      activities.forEach(this::line);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    activities.forEach(activity -> rows.add(row(activity)));
    print(answer, activities, List.of("TIME", "WHO", "LEVEL", "VM", "WHAT"), rows);
  }

  private void line(JsonNode activity) {
    print(
        switch (form()) {
          case TABLE, SECRET -> String.join("  ", row(activity));
          case JSON, JSONL -> activity.toString();
          case CSV -> ActivityExport.csvLine(cells(activity));
        });
  }

  private static List<String> row(JsonNode activity) {
    String vm = activity.path("instance").asText();
    return List.of(
        TIME.format(Instant.parse(activity.path("at").asText())),
        activity.path("actor").asText().toLowerCase(Locale.ROOT),
        activity.path("level").asText().toLowerCase(Locale.ROOT),
        vm.isEmpty() ? "-" : vm,
        activity.path("sentence").asText());
  }

  private static List<String> cells(JsonNode activity) {
    List<String> cells = new ArrayList<>();
    ActivityExport.COLUMNS.forEach(column -> cells.add(activity.path(column).asText()));
    cells.set(
        cells.size() - 1,
        StreamSupport.stream(activity.path("evidence").spliterator(), false)
            .map(one ->
                ActivityExport.evidence(one.path("channel").asText(), one.path("finding").asText()))
            .collect(Collectors.joining("; ")));
    return cells;
  }
}

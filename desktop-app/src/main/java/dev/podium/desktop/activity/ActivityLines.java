package dev.podium.desktop.activity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.core.event.FleetEvent.Activity;
import dev.podium.core.model.Evidence;
import java.util.List;
import java.util.Locale;

/// Activities as JSON lines: `at` in RFC 3339, `actor`, `level`, `vm` where there is one,
/// `sentence`, and `evidence` as a list of `channel`, `at`, `finding`.
final class ActivityLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ActivityLines() {}

  static List<String> of(List<Activity> activities) {
    return activities.stream().map(ActivityLines::line).toList();
  }

  private static String line(Activity activity) {
    ObjectNode line = JSON.createObjectNode();
    line.put("at", activity.at().toString());
    line.put("actor", activity.actor().name().toLowerCase(Locale.ROOT));
    line.put("level", activity.level().name().toLowerCase(Locale.ROOT));
    activity.vm().ifPresent(vm -> line.put("vm", vm.value()));
    line.put("sentence", activity.sentence());
    ArrayNode evidence = line.putArray("evidence");
    for (Evidence seen : activity.evidence()) {
      evidence
          .addObject()
          .put("channel", seen.channel().name().toLowerCase(Locale.ROOT))
          .put("at", seen.at().toString())
          .put("finding", seen.finding());
    }
    return line.toString();
  }
}

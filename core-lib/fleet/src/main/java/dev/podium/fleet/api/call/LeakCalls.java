package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.leaks.LeakReport;
import java.time.Duration;

/// `GET /v1/leaks` and `POST /v1/leaks:clean`: what the fleet has in the cloud, and what becomes of
/// it.
public final class LeakCalls {
  /// Lists of everything, twice, each with its repetitions, and the deletions.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Fleet fleet;

  public LeakCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  public HttpResponse look(ServiceRequestContext context, String body) {
    context.setRequestTimeout(PATIENCE);
    return Answers.json(200, json(fleet.leaks()));
  }

  public HttpResponse clean(ServiceRequestContext context, String body) {
    context.setRequestTimeout(PATIENCE);
    return Answers.json(200, json(fleet.cleanLeaks()));
  }

  private static ObjectNode json(LeakReport report) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", report.at().toString())
            .put("costPerHour", report.costPerHour())
            .put("sentence", report.sentence())
            .put("problem", report.problem());
    ArrayNode leaks = answer.putArray("leaks");
    report
        .leaks()
        .forEach(leak ->
            leaks
                .addObject()
                .put("kind", leak.kind().name())
                .put("name", leak.name())
                .put("zone", leak.zone())
                .put("instance", leak.vm())
                .put("owner", leak.owner())
                .put("console", leak.console())
                .put("since", leak.since().toString())
                .put("costPerHour", leak.costPerHour())
                .put("fate", leak.fate().name())
                .put("reason", leak.reason()));
    return answer;
  }
}

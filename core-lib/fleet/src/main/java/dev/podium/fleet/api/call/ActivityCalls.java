package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.event.ActivityExport;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `GET /v1/activity`: what happened of late, and why.
public final class ActivityCalls {
  private final EventStream events;

  public ActivityCalls(EventStream events) {
    this.events = events;
  }

  public HttpResponse list(ServiceRequestContext context, String body) {
    Level least = level(Optional.ofNullable(context.queryParam("level")).orElse("INFO"));
    String instance = Optional.ofNullable(context.queryParam("instance")).orElse("");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("activities");
    kept().stream()
        .filter(one -> one.level().compareTo(least) >= 0)
        .filter(
            one -> instance.isEmpty() || instance.equals(one.vm().map(Object::toString).orElse("")))
        .forEach(one -> list.add(ActivityExport.json(one)));
    return Answers.json(200, answer);
  }

  /// The stream gives what it keeps to whoever subscribes, before anything else happens.
  private List<Activity> kept() {
    List<Activity> kept = new ArrayList<>();
    events
        .subscribe(event -> {
          if (event instanceof Activity activity) {
            kept.add(activity);
          }
        })
        .close();
    return kept;
  }

  private static Level level(String name) {
    return Arrays.stream(Level.values())
        .filter(level -> level.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> RequestBody.refused("The parameter 'level' must be INFO, WARNING or FAILURE."));
  }
}

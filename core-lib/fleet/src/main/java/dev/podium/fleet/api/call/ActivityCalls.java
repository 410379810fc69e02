package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.PageToken;
import dev.podium.fleet.api.http.QueryParameters;
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
  private static final String LIST = "activity";
  private static final int MOST_A_PAGE = EventStream.ACTIVITIES_KEPT;

  private final EventStream events;

  public ActivityCalls(EventStream events) {
    this.events = events;
  }

  public HttpResponse list(ServiceRequestContext context, String body) {
    Level least = level(Optional.ofNullable(context.queryParam("level")).orElse("INFO"));
    String instance = Optional.ofNullable(context.queryParam("instance")).orElse("");
    int size = (int) QueryParameters.number(context, "pageSize", MOST_A_PAGE, 1, MOST_A_PAGE);
    Optional<String> token =
        Optional.ofNullable(context.queryParam("pageToken")).filter(text -> !text.isEmpty());
    List<Activity> left =
        token.map(text -> behind(kept(), PageToken.read(LIST, text))).orElseGet(this::kept).stream()
            .filter(one -> one.level().compareTo(least) >= 0)
            .filter(one ->
                instance.isEmpty() || instance.equals(one.vm().map(Object::toString).orElse("")))
            .toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("activities");
    left.stream().limit(size).forEach(one -> list.add(ActivityExport.json(one)));
    answer.put(
        "nextPageToken", left.size() > size ? PageToken.of(LIST, key(left.get(size - 1))) : "");
    return Answers.json(200, answer);
  }

  /// What came after the one of that key. Where it is kept no longer, nothing older is either.
  private static List<Activity> behind(List<Activity> kept, String key) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (key(kept.get(i)).equals(key)) {
        return kept.subList(i + 1, kept.size());
      }
    }
    return kept;
  }

  private static String key(Activity activity) {
    return activity.at() + " " + Integer.toHexString(ActivityExport.json(activity).hashCode());
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

package dev.podium.fleet.api.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.PageToken;
import dev.podium.fleet.api.http.QueryParameters;
import dev.podium.fleet.model.PresentPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// `GET /v1/people` and `DELETE /v1/people/{id}`: who is in the chat, and putting somebody out.
public final class PeopleCalls {
  private static final String LIST = "people";
  private static final int MOST_A_PAGE = 10_000;

  /// No invite is good for longer.
  private static final int LONGEST_INVITE_HOURS = 12;

  private final Fleet fleet;

  public PeopleCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Everybody, by name, as the VMs' last heartbeats say.
  public HttpResponse list(ServiceRequestContext context, String body) {
    QueryParameters.requireKnown(context, Set.of("pageSize", "pageToken"));
    int size = (int) QueryParameters.number(context, "pageSize", MOST_A_PAGE, 1, MOST_A_PAGE);
    String token = Optional.ofNullable(context.queryParam("pageToken")).orElse("");
    SortedMap<String, PresentPerson> all = PresentPerson.on(fleet.list());
    Collection<PresentPerson> left =
        token.isEmpty()
            ? all.values()
            // What follows a key begins with the key and the smallest letter.
            : all.tailMap(PageToken.read(LIST, token) + "\0").values();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("people");
    left.stream().limit(size).forEach(person -> list.add(json(person)));
    String next =
        left.size() > size
            ? left.stream().skip(size - 1L).findFirst().map(PresentPerson::key).orElse("")
            : "";
    return Answers.json(
        200, answer.put("nextPageToken", next.isEmpty() ? "" : PageToken.of(LIST, next)));
  }

  private static ObjectNode json(PresentPerson person) {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("id", person.id()).put("name", person.name());
    ArrayNode rooms = node.putArray("rooms");
    person.rooms().forEach(rooms::add);
    ArrayNode instances = node.putArray("instances");
    person.instances().forEach(instances::add);
    return node;
  }

  /// Puts somebody out, on every VM. Who comes again with the same invite is refused.
  public HttpResponse remove(ServiceRequestContext context, String body) {
    QueryParameters.requireKnown(context, Set.of("hours"));
    long hours = QueryParameters.number(context, "hours", LONGEST_INVITE_HOURS, 1, 24);
    String id = String.valueOf(context.pathParam("id"));
    Instant until = fleet.removePerson(id, Duration.ofHours(hours));
    return Answers.json(
        200, JsonNodeFactory.instance.objectNode().put("id", id).put("until", until.toString()));
  }
}

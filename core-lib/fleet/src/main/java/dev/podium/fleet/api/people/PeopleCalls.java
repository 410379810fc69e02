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
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /// One person, wherever they are.
  private static final class Found {
    private final String id;
    private final String name;
    private final Set<String> rooms = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();

    Found(Person person) {
      this.id = person.id();
      this.name = person.name();
    }

    ObjectNode json() {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
      ArrayNode inRooms = node.putArray("rooms");
      rooms.forEach(inRooms::add);
      ArrayNode onInstances = node.putArray("instances");
      instances.forEach(onInstances::add);
      return node;
    }
  }

  /// Everybody, by name, as the VMs' last heartbeats say.
  public HttpResponse list(ServiceRequestContext context, String body) {
    QueryParameters.requireKnown(context, Set.of("pageSize", "pageToken"));
    int size = (int) QueryParameters.number(context, "pageSize", MOST_A_PAGE, 1, MOST_A_PAGE);
    String token = Optional.ofNullable(context.queryParam("pageToken")).orElse("");
    SortedMap<String, Found> all = people();
    Collection<Found> left =
        token.isEmpty()
            ? all.values()
            // What follows a key begins with the key and the smallest letter.
            : all.tailMap(PageToken.read(LIST, token) + "\0").values();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("people");
    left.stream().limit(size).forEach(person -> list.add(person.json()));
    String next =
        left.size() > size
            ? left.stream().skip(size - 1L).findFirst().map(PeopleCalls::key).orElse("")
            : "";
    return Answers.json(
        200, answer.put("nextPageToken", next.isEmpty() ? "" : PageToken.of(LIST, next)));
  }

  private SortedMap<String, Found> people() {
    SortedMap<String, Found> people = new TreeMap<>();
    for (FleetVm vm : fleet.list()) {
      for (Person person : vm.participants().people()) {
        Found fresh = new Found(person);
        Found found = people.computeIfAbsent(key(fresh), _ -> fresh);
        found.rooms.add(person.room());
        found.instances.add(vm.name().value());
      }
    }
    return people;
  }

  /// A person may have another name in another room; there they stand by that name, too.
  private static String key(Found person) {
    return person.name + "\n" + person.id;
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

package dev.podium.fleet.api.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.model.VmName;
import java.time.Duration;
import java.util.Set;

/// `POST /v1/invites` and `POST /v1/invites:revoke`: links into rooms, and their end.
public final class InviteCalls {
  private final Fleet fleet;

  public InviteCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Makes a link for one person.
  public HttpResponse invite(ServiceRequestContext context, String body) {
    RequestBody request = RequestBody.parse(body, Set.of("name", "room", "instance", "hours"));
    Fleet.Invitation invitation =
        fleet.invite(
            request.requiredText("name"),
            request.text("room").orElse("lobby"),
            request.text("instance").map(VmName::new),
            Duration.ofHours(request.integer("hours", 8, 1, 12)));
    return Answers.json(
        201,
        JsonNodeFactory.instance
            .objectNode()
            .put("url", invitation.url().toString())
            .put("token", invitation.token())
            .put("id", invitation.id())
            .put("expires", invitation.expires().toString()));
  }

  /// Ends a link before its time, and says which VMs know of that and which could not be told.
  public HttpResponse takeBack(ServiceRequestContext context, String body) {
    RequestBody request = RequestBody.parse(body, Set.of("invite"));
    Fleet.TakenBack taken = fleet.takeBack(request.requiredText("invite"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", taken.id());
    ArrayNode told = answer.putArray("instances");
    taken.told().forEach(name -> told.add(name.value()));
    ArrayNode untold = answer.putArray("untold");
    taken.untold().forEach(name -> untold.add(name.value()));
    return Answers.json(200, answer);
  }
}

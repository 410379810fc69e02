package dev.podium.fleet.api.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// `POST /v1/allocations`: a seat in a room, on a VM that is made for it where none is free.
public final class AllocationCalls {
  /// More than the fleet takes to say that there is no seat.
  private static final Duration SEAT = Duration.ofMinutes(16);

  private final Fleet fleet;

  public AllocationCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Waits for a seat for as long as the caller does.
  public HttpResponse allocate(ServiceRequestContext context, String body) {
    String room = RequestBody.parse(body, Set.of("room")).requiredText("room");
    context.setRequestTimeout(SEAT);
    CompletableFuture<Fleet.Allocation> waiting = fleet.allocate(room);
    // A caller that closed its connection must not keep its place before those who still wait.
    var _ = context.whenRequestCancelled().thenRun(() -> waiting.cancel(true));
    Fleet.Allocation seat;
    try {
      seat = waiting.join();
    } catch (CancellationException left) {
      throw new PodiumException.Unavailable(
          "No seat was handed out", "the caller has left", "Ask again.", left);
    }
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", seat.url().toString())
            .put("instance", seat.instance().value())
            .put("created", seat.created());
    ArrayNode tried = answer.putArray("zonesTried");
    seat.zonesTried().forEach(tried::add);
    return Answers.json(200, answer);
  }
}

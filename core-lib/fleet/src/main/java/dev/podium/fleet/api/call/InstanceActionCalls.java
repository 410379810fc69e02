package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.QueryParameters;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Acts on one VM: `DELETE /v1/instances/{name}`, and its `:drain`, `:pin` and `:hold`.
public final class InstanceActionCalls {
  /// A refusal that the fleet can make at once must be the answer, not the fate of an operation.
  private static final Duration FIRST_WORD = Duration.ofMillis(300);

  /// The last look at a VM asks the cloud and the VM itself, which may let the probe run out.
  private static final Duration LAST_LOOK = Duration.ofSeconds(8);

  private static final Duration HOLD = Duration.ofHours(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);

  private final Fleet fleet;
  private final ApiOperations operations;
  private final InstancePath path;

  /// @param operations where the work that takes long is kept
  public InstanceActionCalls(Fleet fleet, ApiOperations operations) {
    this.fleet = fleet;
    this.operations = operations;
    this.path = new InstancePath(fleet);
  }

  /// Destroys a VM, and answers when the cloud has accepted that or it is refused.
  public HttpResponse delete(ServiceRequestContext context, String body) {
    boolean force = QueryParameters.truth(context, "force");
    // Not looked up here: the fleet finds a VM that its monitor has not read yet.
    VmName name = InstancePath.name(context);
    CompletableFuture<Void> work = fleet.destroy(name, force);
    awaitDeletion(name, work);
    return accepted("delete", name, work);
  }

  /// Lets a VM take nobody new and move its people on, and then destroys it.
  public HttpResponse drain(ServiceRequestContext context, String body) {
    VmName name = path.vm(context).name();
    return accepted("drain", name, fleet.drain(name));
  }

  /// Keeps a VM until it is unpinned.
  public HttpResponse pin(ServiceRequestContext context, String body) {
    boolean pinned = RequestBody.parse(body, Set.of("pinned")).truth("pinned", true);
    VmName name = path.vm(context).name();
    fleet.pin(name, pinned).join();
    return Answers.json(200, answer().put("name", name.value()).put("pinned", pinned));
  }

  /// Keeps a VM for some minutes; 0 ends that.
  public HttpResponse hold(ServiceRequestContext context, String body) {
    long minutes =
        RequestBody.parse(body, Set.of("minutes"))
            .integer("minutes", HOLD.toMinutes(), 0, LONGEST_HOLD.toMinutes());
    VmName name = path.vm(context).name();
    Optional<Instant> end = fleet.hold(name, Duration.ofMinutes(minutes)).join();
    return Answers.json(
        200,
        answer()
            .put("name", name.value())
            .put("heldUntil", end.map(Instant::toString).orElse(null)));
  }

  /// Waits until the cloud has accepted the deletion, or it is refused.
  private void awaitDeletion(VmName name, CompletableFuture<Void> work) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    Consumer<FleetEvent> listener =
        event -> {
          boolean ends =
              event instanceof FleetEvent.VmChanged(FleetVm vm)
                  && vm.name().equals(name)
                  && vm.health() == Health.DELETING;
          if (ends) {
            begun.complete(null);
          }
        };
    try (EventStream.Subscription _ = fleet.events().subscribe(listener)) {
      var _ =
          CompletableFuture.anyOf(begun, work)
              .<Throwable>handle((_, failure) -> failure)
              .completeOnTimeout(null, LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    }
  }

  private HttpResponse accepted(String kind, VmName name, CompletableFuture<Void> work) {
    var _ =
        work.<Throwable>handle((_, failure) -> failure)
            .completeOnTimeout(null, FIRST_WORD.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    if (work.isCompletedExceptionally()) {
      return Answers.problem(work.exceptionNow()).response();
    }
    ObjectNode answer = answer();
    answer.set("operation", operations.add(kind, () -> name, work).json());
    return Answers.json(202, answer);
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}

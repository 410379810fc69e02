package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.api.instance.InstanceFilter;
import dev.podium.fleet.api.instance.InstanceList;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Every call but the creation of VMs: reads the request, asks the fleet, writes the answer.
public final class Calls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_A_PAGE = 10_000;

  /// More than the fleet takes to say that there is no seat.
  private static final Duration SEAT = Duration.ofMinutes(16);

  /// A refusal that the fleet can make at once must be the answer, not the fate of an operation.
  private static final Duration FIRST_WORD = Duration.ofMillis(300);

  /// The last look at a VM asks the cloud and the VM itself, which may let the probe run out.
  private static final Duration LAST_LOOK = Duration.ofSeconds(8);

  private static final Duration HOLD = Duration.ofHours(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);

  private final Fleet fleet;
  private final InstanceList instances;
  private final ApiOperations operations;

  public Calls(Fleet fleet, InstanceList instances, ApiOperations operations) {
    this.fleet = fleet;
    this.instances = instances;
    this.operations = operations;
  }

  public HttpResponse list(ServiceRequestContext context) {
    String filter = Optional.ofNullable(context.queryParam("filter")).orElse("");
    String token = Optional.ofNullable(context.queryParam("pageToken")).orElse("");
    long size = number(context, "pageSize", MOST_A_PAGE, 1, MOST_A_PAGE);
    if (filter.isBlank() && token.isEmpty() && instances.vms().size() <= size) {
      return Answers.json(200, instances.all());
    }
    return Answers.json(
        200,
        instances.page(
            filter.isBlank() ? _ -> true : InstanceFilter.parse(filter), (int) size, token));
  }

  public HttpResponse get(ServiceRequestContext context, String body) {
    return Answers.json(200, instances.one(vm(context)));
  }

  public HttpResponse delete(ServiceRequestContext context, String body) {
    boolean force = truth(context, "force");
    // Not looked up here: the fleet finds a VM that its monitor has not read yet.
    VmName name = name(context);
    CompletableFuture<Void> work = fleet.destroy(name, force);
    awaitDeletion(name, work);
    return accepted("delete", name, work);
  }

  public HttpResponse drain(ServiceRequestContext context, String body) {
    VmName name = vm(context).name();
    return accepted("drain", name, fleet.drain(name));
  }

  public HttpResponse pin(ServiceRequestContext context, String body) {
    boolean pinned = RequestBody.parse(body, Set.of("pinned")).truth("pinned", true);
    VmName name = vm(context).name();
    fleet.pin(name, pinned).join();
    return Answers.json(
        200, JSON.createObjectNode().put("name", name.value()).put("pinned", pinned));
  }

  public HttpResponse hold(ServiceRequestContext context, String body) {
    long minutes =
        RequestBody.parse(body, Set.of("minutes"))
            .integer("minutes", HOLD.toMinutes(), 0, LONGEST_HOLD.toMinutes());
    VmName name = vm(context).name();
    Optional<Instant> end = fleet.hold(name, Duration.ofMinutes(minutes)).join();
    ObjectNode answer = JSON.createObjectNode().put("name", name.value());
    return Answers.json(200, answer.put("heldUntil", end.map(Instant::toString).orElse(null)));
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
    ObjectNode answer = JSON.createObjectNode();
    answer.set("operation", operations.add(kind, name, work).json());
    return Answers.json(202, answer);
  }

  public HttpResponse serial(ServiceRequestContext context, String body) {
    long start = number(context, "start", 0, 0, Long.MAX_VALUE);
    Fleet.SerialText text = fleet.serial(name(context), start);
    return Answers.json(
        200, JSON.createObjectNode().put("contents", text.text()).put("next", text.next()));
  }

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
        JSON.createObjectNode()
            .put("url", seat.url().toString())
            .put("instance", seat.instance().value())
            .put("created", seat.created());
    ArrayNode tried = answer.putArray("zonesTried");
    seat.zonesTried().forEach(tried::add);
    return Answers.json(200, answer);
  }

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
        JSON.createObjectNode()
            .put("url", invitation.url().toString())
            .put("token", invitation.token())
            .put("id", invitation.id())
            .put("expires", invitation.expires().toString()));
  }

  public HttpResponse takeBack(ServiceRequestContext context, String body) {
    RequestBody request = RequestBody.parse(body, Set.of("invite"));
    Fleet.TakenBack taken = fleet.takeBack(request.requiredText("invite"));
    ObjectNode answer = JSON.createObjectNode().put("id", taken.id());
    ArrayNode told = answer.putArray("instances");
    taken.told().forEach(name -> told.add(name.value()));
    ArrayNode untold = answer.putArray("untold");
    taken.untold().forEach(name -> untold.add(name.value()));
    return Answers.json(200, answer);
  }

  public HttpResponse operation(ServiceRequestContext context, String body) {
    String id = String.valueOf(context.pathParam("id"));
    return operations
        .find(id)
        .map(operation -> Answers.json(200, operation.json()))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no operation '" + id + "'",
                "it is older than this server's memory, or another server's",
                "Look at the instance itself.",
                null));
  }

  public HttpResponse zones(ServiceRequestContext context, String body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode zones = answer.putArray("zones");
    fleet.zones().forEach(zones::add);
    return Answers.json(200, answer);
  }

  public HttpResponse machineTypes(ServiceRequestContext context, String body) {
    String zone = context.queryParam("zone");
    if (zone == null || zone.isBlank()) {
      throw RequestBody.refused("The parameter 'zone' is missing.");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode types = answer.putArray("machineTypes");
    fleet
        .machineTypes(zone)
        .forEach(type ->
            types
                .addObject()
                .put("name", type.name())
                .put("guestCpus", type.guestCpus())
                .put("memoryMb", type.memoryMb())
                .put("costPerHour", type.costPerHour()));
    return Answers.json(200, answer);
  }

  private FleetVm vm(ServiceRequestContext context) {
    VmName name = name(context);
    return fleet
        .find(name)
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no VM '" + name + "'",
                "the fleet has none of that name",
                "GET /v1/instances lists those that there are.",
                null));
  }

  private static VmName name(ServiceRequestContext context) {
    return new VmName(String.valueOf(context.pathParam("name")));
  }

  private static boolean truth(ServiceRequestContext context, String parameter) {
    String value = context.queryParam(parameter);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.isEmpty() || value.equals("true")) {
      return true;
    }
    throw RequestBody.refused("The parameter '" + parameter + "' must be true or false.");
  }

  private static long number(
      ServiceRequestContext context, String parameter, long otherwise, long least, long most) {
    String value = context.queryParam(parameter);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{1,18}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw RequestBody.refused(
        "The parameter '"
            + parameter
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + ".");
  }
}

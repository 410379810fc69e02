package dev.podium.fleet.api.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.api.instance.InstanceList;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `POST /v1/instances`.
public final class CreateCall {
  public static final Set<String> MEMBERS =
      Set.of(
          "count",
          "namePrefix",
          "zone",
          "zones",
          "machineType",
          "image",
          "diskType",
          "diskSizeGb",
          "spot",
          "runLimitSeconds",
          "seats",
          "labels");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// How long a caller who does not wait for readiness waits for the cloud's first word. So a
  /// request that cannot work is refused and not merely accepted.
  private static final Duration FIRST_WORD = Duration.ofSeconds(5);

  /// How long a caller who waits for readiness waits; what has not come up then goes on, and the
  /// answer says so.
  public static final Duration READY = Duration.ofMinutes(15);

  private final Fleet fleet;
  private final InstanceList instances;
  private final ApiOperations operations;
  private final Duration patience;

  /// @param patience how long `wait=ready` waits
  public CreateCall(
      Fleet fleet, InstanceList instances, ApiOperations operations, Duration patience) {
    this.patience = patience;
    this.fleet = fleet;
    this.instances = instances;
    this.operations = operations;
  }

  public HttpResponse handle(ServiceRequestContext context, String body) {
    boolean wait = waits(context.queryParam("wait"));
    CreateRequest request = request(body, context.request().headers().get("idempotency-key", ""));
    if (wait) {
      context.setRequestTimeout(patience.plusMinutes(1));
    }
    List<Fleet.Creation> creations = fleet.create(request);
    CompletableFuture<?>[] awaited =
        creations.stream()
            .map(creation -> wait ? creation.ready() : creation.operation())
            .toArray(CompletableFuture<?>[]::new);
    // The failures are read one by one below.
    CompletableFuture.allOf(awaited)
        .exceptionally(_ -> null)
        .completeOnTimeout(null, (wait ? patience : FIRST_WORD).toMillis(), TimeUnit.MILLISECONDS)
        .join();
    return answer(creations, request, wait);
  }

  private static boolean waits(@org.jspecify.annotations.Nullable String wait) {
    if (wait == null) {
      return false;
    }
    if (!wait.equals("ready")) {
      throw RequestBody.refused("The parameter 'wait' can only be 'ready'.");
    }
    return true;
  }

  private CreateRequest request(String text, String key) {
    RequestBody body = RequestBody.parse(text, MEMBERS);
    CreateRequest usual = fleet.usualRequest();
    List<String> zones = body.texts("zones");
    Optional<String> zone = body.text("zone");
    if (zone.isPresent() && !zones.isEmpty()) {
      throw RequestBody.refused("Name either the member 'zone' or the member 'zones'.");
    }
    long hundredDays = Duration.ofDays(120).toSeconds();
    return new CreateRequest(
        (int) body.integer("count", 1, 1, CreateRequest.MOST),
        body.text("namePrefix").orElse(usual.namePrefix()),
        zone.map(List::of).orElse(zones.isEmpty() ? usual.zones() : zones),
        body.text("machineType").orElse(usual.machineType()),
        body.text("image").orElse(usual.image()),
        body.text("diskType").orElse(usual.diskType()),
        (int) body.integer("diskSizeGb", usual.diskSizeGb(), 10, 65_536),
        body.truth("spot", usual.spot()),
        Duration.ofSeconds(
            body.integer("runLimitSeconds", usual.runLimit().toSeconds(), 30, hundredDays)),
        (int) body.integer("seats", fleet.policy().scaling().seats(), 1, 10_000),
        body.map("labels"),
        key.isBlank() ? Optional.empty() : Optional.of(key));
  }

  private HttpResponse answer(List<Fleet.Creation> creations, CreateRequest request, boolean wait) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode made = body.putArray("instances");
    ArrayNode begun = body.putArray("operations");
    ArrayNode failures = body.putArray("failures");
    Optional<Problem> first = Optional.empty();
    boolean settled = creations.stream().allMatch(creation -> creation.ready().isDone());
    for (Fleet.Creation creation : creations) {
      Optional<Throwable> failure = failure(creation);
      if (failure.isPresent()) {
        Problem problem = Answers.problem(failure.get());
        first = first.or(() -> Optional.of(problem));
        failures
            .addObject()
            .put("name", creation.name().value())
            .put("code", problem.code())
            .put("message", problem.detail())
            .put("remedy", problem.remedy());
      } else {
        made.add(instance(creation, request));
        begun.add(operations.add("create", creation::name, creation.ready()).json());
      }
    }
    if (first.isPresent() && made.isEmpty()) {
      ObjectNode problem = first.get().json();
      problem.set("failures", failures);
      return HttpResponse.of(
          first.get().headers(), com.linecorp.armeria.common.HttpData.ofUtf8(problem.toString()));
    }
    return Answers.json(wait && settled ? (failures.isEmpty() ? 201 : 200) : 202, body);
  }

  /// A VM that was accepted may have failed since, whether the caller waits for it or not.
  private static Optional<Throwable> failure(Fleet.Creation creation) {
    return Stream.of(creation.operation(), creation.ready())
        .filter(CompletableFuture::isCompletedExceptionally)
        .map(CompletableFuture::exceptionNow)
        .findFirst();
  }

  private JsonNode instance(Fleet.Creation creation, CreateRequest request) {
    Optional<FleetVm> known = creation.made().flatMap(vm -> there(vm.id()));
    if (known.isPresent()) {
      return object(known.get());
    }
    if (creation.ready().state() == Future.State.SUCCESS) {
      return over(creation.ready().resultNow());
    }
    return JSON.createObjectNode()
        .put("name", creation.name().value())
        .put("zone", request.zones().getFirst())
        .put("status", "PROVISIONING")
        .put("health", Health.STARTING.name())
        .put("reason", "starting: asked for")
        .putNull("chatUrl")
        .put("participants", 0)
        .put("seats", request.seats())
        .put("ageSeconds", 0)
        .putNull("idleSeconds")
        .put("machineType", request.machineType())
        .put("costPerHour", 0)
        .put("owner", "")
        .set("labels", JSON.valueToTree(request.labels()));
  }

  /// By its id: another VM may have the name, or get it later.
  private Optional<FleetVm> there(String id) {
    return fleet.list().stream().filter(vm -> vm.vm().id().equals(id)).findFirst();
  }

  /// A VM of an earlier request with the same key, which has ended since.
  private ObjectNode over(FleetVm vm) {
    ObjectNode node = object(vm);
    node.put("status", VmState.TERMINATED.name())
        .put("health", Health.TERMINATED.name())
        .put("reason", "gone: it was made for this request and has ended since")
        .putNull("chatUrl")
        .put("participants", 0)
        .putNull("idleSeconds");
    return node;
  }

  private ObjectNode object(FleetVm vm) {
    return parsed(instances.one(vm).toStringUtf8());
  }

  private static ObjectNode parsed(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was just written can be read", e);
    }
  }
}

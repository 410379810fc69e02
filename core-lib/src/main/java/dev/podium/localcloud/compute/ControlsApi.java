package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Faults;
import dev.podium.localcloud.state.InstanceKey;
import dev.podium.localcloud.state.InstanceLifecycle;
import dev.podium.localcloud.state.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// The local cloud's own controls, which Google has not:
///
/// - `GET /local/faults`, `PUT /local/faults` what goes wrong; a PUT replaces all of it, and `{}`
///   makes everything well again
/// - `POST /local/zones/{zone}/instances/{name}/preempt` takes a machine back
final class ControlsApi {
  private final ComputeState state;
  private final InstanceLifecycle lifecycle;
  private final OperationsApi operations;

  ControlsApi(ComputeState state, InstanceLifecycle lifecycle, OperationsApi operations) {
    this.state = state;
    this.lifecycle = lifecycle;
    this.operations = operations;
  }

  void register(Router router) {
    router.on("GET", "faults", call -> Answer.ok(json(state.faults())));
    router.on("PUT", "faults", this::setFaults);
    router.on(
        "POST",
        "zones/{zone}/instances/{name}/preempt",
        call ->
            Answer.ok(
                operations.json(
                    lifecycle.preempt(
                        new InstanceKey(
                            Access.zone(state, call.path("zone")), call.path("name"))))));
  }

  private Answer setFaults(Call call) {
    ObjectNode body = call.body();
    Map<String, Double> quotas = new LinkedHashMap<>();
    body.path("quotas")
        .properties()
        .forEach(entry -> quotas.put(entry.getKey(), entry.getValue().asDouble()));
    HashSet<String> zones = new HashSet<>(Json.texts(body.path("stockedOutZones")));
    zones.forEach(zone -> Access.zone(state, zone));
    long slower = Json.number(body, "slowOperationsMillis", "slowOperationsMillis").orElse(0L);
    if (slower < 0) {
      throw Refusal.invalidField(
          "slowOperationsMillis", String.valueOf(slower), "Must not be negative.");
    }
    state.setFaults(
        new Faults(
            zones,
            quotas,
            body.path("errorRate403").asDouble(),
            body.path("errorRate429").asDouble(),
            body.path("errorRate503").asDouble(),
            Duration.ofMillis(slower)));
    return Answer.ok(json(state.faults()));
  }

  private static ObjectNode json(Faults faults) {
    ObjectNode node = Json.object();
    faults.stockedOutZones().stream().sorted().forEach(node.putArray("stockedOutZones")::add);
    node.set("quotas", Json.node(faults.quotas()));
    node.put("errorRate403", faults.errorRate403());
    node.put("errorRate429", faults.errorRate429());
    node.put("errorRate503", faults.errorRate503());
    node.put("slowOperationsMillis", faults.slowOperations().toMillis());
    return node;
  }
}

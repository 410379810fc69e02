package dev.podium.localcloud.compute.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.fault.FaultPlan;
import java.util.Map;

/// What goes wrong, as one record: see this package's description.
public final class FaultsApi {
  private final FaultPlan plan;

  public FaultsApi(FaultPlan plan) {
    this.plan = plan;
  }

  public void register(Router router) {
    router.on("GET", "faults", call -> present());
    router.on("PUT", "faults", call -> set(call.patch()));
    router.on("POST", "faults", call -> set(call.patch()));
    router.on("PATCH", "faults", call -> merge(call.patch()));
    router.on("DELETE", "faults", call -> set(ComputeJson.object()));
  }

  private ComputeResponse present() {
    return ComputeResponse.ok(FaultsJson.write(plan));
  }

  private synchronized ComputeResponse set(ObjectNode body) {
    FaultsJson.Wanted wanted = FaultsJson.read(body);
    wanted
        .seed()
        .ifPresentOrElse(
            seed -> plan.restart(seed, wanted.faults()), () -> plan.set(wanted.faults()));
    return present();
  }

  private synchronized ComputeResponse merge(ObjectNode change) {
    ObjectNode merged = FaultsJson.write(plan);
    // Without a seed in the change, the dice roll on.
    merged.remove("seed");
    merge(merged, change);
    return set(merged);
  }

  /// RFC 7396: null takes a member away, objects are merged, everything else is replaced.
  private static void merge(ObjectNode target, ObjectNode change) {
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> entry : change.properties()) {
      if (entry.getValue().isNull()) {
        target.remove(entry.getKey());
      } else if (entry.getValue() instanceof ObjectNode inner
          && target.get(entry.getKey()) instanceof ObjectNode present) {
        merge(present, inner);
      } else {
        target.set(entry.getKey(), entry.getValue());
      }
    }
  }
}

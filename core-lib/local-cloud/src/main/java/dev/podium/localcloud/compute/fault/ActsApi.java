package dev.podium.localcloud.compute.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeParts;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.compute.resource.OperationsApi;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.Machines.Affliction;
import dev.podium.localcloud.state.instance.Machines.Condition;
import java.util.Locale;

/// What can be done to one machine or to tokens at one moment: see this package's description.
public final class ActsApi {
  private static final System.Logger LOG = System.getLogger(ActsApi.class.getName());

  private final ComputeParts cloud;
  private final OperationsApi operations;

  public ActsApi(ComputeParts cloud, OperationsApi operations) {
    this.cloud = cloud;
    this.operations = operations;
  }

  public void register(Router router) {
    router.on("GET", "machines", call -> list());
    String one = "zones/{zone}/instances/{name}";
    router.on("POST", one + "/preempt", this::preempt);
    for (Affliction affliction : Affliction.values()) {
      router.on(
          "POST",
          one + "/" + affliction.name().toLowerCase(Locale.ROOT),
          call -> afflict(call, affliction));
    }
    router.on("POST", "tokens/revoke", this::revoke);
  }

  private ComputeResponse list() {
    ObjectNode node = ComputeJson.object();
    ArrayNode machines = node.putArray("machines");
    cloud.state().instances().forEach(instance -> machines.add(json(instance)));
    return ComputeResponse.ok(node);
  }

  private ObjectNode json(Instance instance) {
    Condition condition = cloud.machines().condition(instance);
    ObjectNode node = ComputeJson.object();
    node.put("name", instance.key().name());
    node.put("zone", instance.key().zone());
    node.put("status", instance.status().name());
    condition.pid().ifPresent(pid -> node.put("pid", pid));
    node.put("hung", condition.hung());
    node.put("cuttable", condition.cuttable());
    node.put("cut", condition.cut());
    condition.metadata().ifPresent(address -> node.put("metadata", address));
    return node;
  }

  private ComputeResponse preempt(Call call) {
    InstanceKey key = key(call);
    ComputeResponse response = ComputeResponse.ok(operations.json(cloud.lifecycle().preempt(key)));
    note("preempt", key);
    return response;
  }

  private ComputeResponse afflict(Call call, Affliction affliction) {
    InstanceKey key = key(call);
    Instance instance = cloud.state().requireInstance(key);
    if (instance.status() != InstanceStatus.RUNNING) {
      throw Refusal.notReady(cloud.state().project().path(key.path()));
    }
    cloud.machines().afflict(instance, affliction);
    note(affliction.name().toLowerCase(Locale.ROOT), key);
    return ComputeResponse.ok(json(instance));
  }

  private InstanceKey key(Call call) {
    return new InstanceKey(
        PathParameters.zone(cloud.state(), call.path("zone")), call.path("name"));
  }

  private ComputeResponse revoke(Call call) {
    int revoked = cloud.tokens().revokeAll(ComputeJson.text(call.body(), "email"));
    LOG.log(System.Logger.Level.INFO, "{0} access tokens were revoked.", revoked);
    return ComputeResponse.ok(ComputeJson.object().put("revoked", revoked));
  }

  private static void note(String act, InstanceKey key) {
    LOG.log(System.Logger.Level.INFO, "Done to {0}: {1}.", key.path(), act);
  }
}

package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.Instance;
import dev.podium.localcloud.state.InstanceKey;
import dev.podium.localcloud.state.InstanceStatus;
import dev.podium.localcloud.state.Machines.Affliction;
import dev.podium.localcloud.state.Machines.Condition;
import dev.podium.localcloud.state.Refusal;
import java.util.Locale;

/// What can be done to one machine or to tokens at one moment: see this package's description.
final class ActsApi {
  private static final System.Logger LOG = System.getLogger(ActsApi.class.getName());

  private final ComputeParts cloud;
  private final OperationsApi operations;

  ActsApi(ComputeParts cloud, OperationsApi operations) {
    this.cloud = cloud;
    this.operations = operations;
  }

  void register(Router router) {
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

  private Answer list() {
    ObjectNode node = Json.object();
    ArrayNode machines = node.putArray("machines");
    cloud.state().instances().forEach(instance -> machines.add(json(instance)));
    return Answer.ok(node);
  }

  private ObjectNode json(Instance instance) {
    Condition condition = cloud.machines().condition(instance);
    ObjectNode node = Json.object();
    node.put("name", instance.key().name());
    node.put("zone", instance.key().zone());
    node.put("status", instance.status().name());
    condition.pid().ifPresent(pid -> node.put("pid", pid));
    node.put("hung", condition.hung());
    node.put("cuttable", condition.cuttable());
    node.put("cut", condition.cut());
    return node;
  }

  private Answer preempt(Call call) {
    InstanceKey key = key(call);
    Answer answer = Answer.ok(operations.json(cloud.lifecycle().preempt(key)));
    note("preempt", key);
    return answer;
  }

  private Answer afflict(Call call, Affliction affliction) {
    InstanceKey key = key(call);
    Instance instance = cloud.state().requireInstance(key);
    if (instance.status() != InstanceStatus.RUNNING) {
      throw Refusal.notReady(cloud.state().project().path(key.path()));
    }
    cloud.machines().afflict(instance, affliction);
    note(affliction.name().toLowerCase(Locale.ROOT), key);
    return Answer.ok(json(instance));
  }

  private InstanceKey key(Call call) {
    return new InstanceKey(Access.zone(cloud.state(), call.path("zone")), call.path("name"));
  }

  private Answer revoke(Call call) {
    int revoked = cloud.tokens().revokeAll(Json.text(call.body(), "email"));
    LOG.log(System.Logger.Level.INFO, "{0} access tokens were revoked.", revoked);
    return Answer.ok(Json.object().put("revoked", revoked));
  }

  private static void note(String act, InstanceKey key) {
    LOG.log(System.Logger.Level.INFO, "Done to {0}: {1}.", key.path(), act);
  }
}

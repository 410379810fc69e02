package dev.podium.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// What is asked of the local cloud's Compute Engine for a VM with an agent.
public final class AgentVm {
  private AgentVm() {}

  /// The body of an `instances.insert`: the agent's image, an address, a service account, and that
  /// metadata.
  public static ObjectNode body(String name, Map<String, String> metadata) {
    ObjectNode vm = JsonNodeFactory.instance.objectNode().put("name", name);
    vm.put("machineType", "zones/us-central1-a/machineTypes/e2-small");
    vm.putArray("disks")
        .addObject()
        .put("boot", true)
        .putObject("initializeParams")
        .put("sourceImage", "global/images/family/podium-agent");
    vm.putArray("networkInterfaces")
        .addObject()
        .putArray("accessConfigs")
        .addObject()
        .put("type", "ONE_TO_ONE_NAT");
    vm.putArray("serviceAccounts")
        .addObject()
        .put("email", "default")
        .putArray("scopes")
        .add("https://www.googleapis.com/auth/pubsub");
    ArrayNode items = vm.putObject("metadata").putArray("items");
    metadata.forEach((key, value) -> items.addObject().put("key", key).put("value", value));
    return vm;
  }
}

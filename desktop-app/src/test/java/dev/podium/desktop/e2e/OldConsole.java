package dev.podium.desktop.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.wire.chat.Pulse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A console of the release before VMs had keys, as VMs and other consoles met it: drains and
/// canaries without a signature, policies with one inside, VMs that nobody told of a roster.
final class OldConsole {
  private static final String ID = "console-before";
  private static final String ZONE = "projects/podium-local/zones/us-central1-a/instances";

  private final Topic topic;
  private final Api compute;
  private final InviteDesk keys;
  private long canaries;

  /// @param compute the local cloud's Compute Engine
  /// @param keys where its keys are kept
  OldConsole(Topic topic, Api compute, Path keys) {
    this.topic = topic;
    this.compute = compute;
    this.keys = InviteDesk.open(keys, InstantSource.system());
  }

  /// Asks for a VM that its operator has pinned, if so. It is there soon.
  void create(String name, boolean pinned) {
    ObjectNode vm = JsonNodeFactory.instance.objectNode().put("name", name);
    vm.put("machineType", "zones/us-central1-a/machineTypes/e2-small");
    vm.putObject("labels")
        .put("podium-fleet", "local")
        .put("podium-owner", "somebody")
        .put("podium-pin", Boolean.toString(pinned));
    vm.putArray("disks")
        .addObject()
        .put("boot", true)
        .put("autoDelete", true)
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
    var items = vm.putObject("metadata").putArray("items");
    Map.of(
            "podium-fleet", "local",
            "podium-seats", "50",
            "podium-heartbeat-seconds", "1",
            "podium-invite-keys", keys.publicKeys(),
            "podium-version", "0.1.0")
        .forEach((key, value) -> items.addObject().put("key", key).put("value", value));
    Api.Answer answer = compute.post(ZONE, vm.toString());
    if (answer.status() != 200) {
      throw new AssertionError("The VM was not created: " + answer);
    }
  }

  /// Asks a VM to take nobody more.
  ///
  /// @return the drain's id
  String drain(String vm, boolean force) {
    String id = "before-" + ++canaries;
    topic.unsigned(new Pulse.DrainRequest(id, vm, Optional.empty(), force, Optional.empty()));
    return id;
  }

  void cancel(String id, String vm) {
    topic.unsigned(new Pulse.DrainCancelled(id, vm));
  }

  void canary() {
    topic.unsigned(new Pulse.Canary(ID, ++canaries));
  }

  /// Tells the others a policy, signed inside as that release did.
  void policy(long revision, Map<String, String> members) {
    String text = "the rules of fleet local, " + revision + ": " + new TreeMap<>(members);
    String key = keys.key();
    topic.unsigned(new Pulse.Policy(ID, revision, members, key, keys.sign(text)));
  }
}

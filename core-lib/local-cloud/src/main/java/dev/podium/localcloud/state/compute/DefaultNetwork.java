package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.fault.ProjectFaults;
import dev.podium.localcloud.state.resource.DefaultFirewalls;
import dev.podium.localcloud.state.resource.NetworkPart;
import dev.podium.localcloud.state.resource.NetworkPart.Kind;
import java.util.List;
import java.util.Map;

/// The network that a new project has, with its firewall rules; or has not, where a fault wants
/// that. It is taken away and brought back when the fault changes, and left to people otherwise.
final class DefaultNetwork {
  private static final String NAME = "default";

  private final ComputeState state;
  private ProjectFaults.Network now = ProjectFaults.Network.THERE;

  DefaultNetwork(ComputeState state) {
    this.state = state;
    make();
  }

  private void make() {
    state.put(
        new NetworkPart(
            Kind.NETWORK,
            NAME,
            state.nextId(),
            state.now(),
            Map.of(
                "description", "Default network for the project", "autoCreateSubnetworks", true)));
    for (String allowed : List.of("icmp", "internal", "ssh")) {
      state.put(DefaultFirewalls.allow(allowed, state.nextId(), state.now()));
    }
  }

  synchronized void follow(ProjectFaults.Network wanted) {
    if (wanted == now) {
      return;
    }
    now = wanted;
    boolean there = state.networkPart(Kind.NETWORK, NAME).isPresent();
    if (wanted == ProjectFaults.Network.THERE && !there) {
      make();
    } else if (wanted != ProjectFaults.Network.THERE && there) {
      state.networkPart(Kind.NETWORK, NAME).ifPresent(state::remove);
      state.networkParts(Kind.FIREWALL).stream()
          .filter(rule -> rule.name().startsWith("default-allow-"))
          .forEach(state::remove);
    }
  }

  synchronized void missed(String name) {
    if (name.equals(NAME) && now == ProjectFaults.Network.YOUNG) {
      now = ProjectFaults.Network.THERE;
      make();
    }
  }
}

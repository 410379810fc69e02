package dev.podium.core.fleet;

import dev.podium.core.event.EventStream;
import dev.podium.core.model.FleetVm;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.VmName;
import java.util.Optional;

/// The fleet's VMs by their names, as the event stream has them. Never waits.
record VmDirectory(EventStream events) {
  Optional<FleetVm> find(VmName name) {
    return events.fleet().stream().filter(vm -> vm.name().equals(name)).findFirst();
  }

  /// @throws PodiumException.NotFound if the fleet has none of that name
  FleetVm get(VmName name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  static PodiumException unknown(VmName name) {
    return new PodiumException.NotFound(
        "There is no VM '" + name + "'",
        "the fleet has none of that name",
        "Look at the list of the fleet for the right name.",
        null);
  }
}

package dev.podium.fleet.directory;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// The fleet's VMs by their names, as the event stream has them. Never waits.
public record VmDirectory(EventStream events) {
  public Optional<FleetVm> find(VmName name) {
    return events.fleet().stream().filter(vm -> vm.name().equals(name)).findFirst();
  }

  /// @throws PodiumException.NotFound if the fleet has none of that name
  public FleetVm get(VmName name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  public static PodiumException unknown(VmName name) {
    return new PodiumException.NotFound(
        "There is no VM '" + name + "'",
        "the fleet has none of that name",
        "Look at the list of the fleet for the right name.",
        null);
  }
}

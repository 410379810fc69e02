package dev.podium.fleet.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Looks once a minute whether VMs in a zone that Compute Engine does not reach stay known: no list
/// that lacks them says that they are gone.
final class Hidden {
  private final Simulation world;
  private final Referee referee;
  private final Map<SimConsole, Set<SimVm>> known = new HashMap<>();

  Hidden(Simulation world, Referee referee) {
    this.world = world;
    this.referee = referee;
  }

  void look() {
    for (SimConsole console : world.consoles) {
      Set<SimVm> before = known.getOrDefault(console, Set.of());
      Set<SimVm> now = new HashSet<>();
      for (SimVm vm : world.cloud.all()) {
        boolean hidden = !world.cloud.reached(vm.vm.zone());
        if (console.watch.record(vm.vm.id()).isPresent()) {
          now.add(vm);
        } else if (hidden && before.contains(vm) && !console.asleep() && !console.ended()) {
          throw referee.broken(
              "no VM is taken for gone because its zone does not answer",
              world.named(vm) + " by " + console.name);
        }
      }
      known.put(console, now);
    }
  }
}

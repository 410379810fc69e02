package dev.podium.fleet.scaler;

import dev.podium.fleet.model.AccessRemedy;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Why the scaler makes no VM at all. A VM that Pub/Sub does not let in never becomes ready, and
/// the next one would not either: only a person can mend that. It ends when such a VM, or one that
/// was made since, works; or when a person says so.
///
/// @param why what has to be mended; empty while nothing has
/// @param vms ids of the VMs that were shut out; those that are there no more are forgotten
/// @param since when it began, by the cloud's clock
public record ScalerStop(Optional<PodiumException> why, Set<String> vms, Instant since) {
  static final ScalerStop NONE = new ScalerStop(Optional.empty(), Set.of(), Instant.EPOCH);

  /// With what the fleet's list says now; the same object if it says nothing new.
  ScalerStop looked(List<FleetVm> fleet, Instant now) {
    Set<String> shutOut = new HashSet<>();
    Optional<FleetVm> found = Optional.empty();
    boolean works = false;
    for (FleetVm vm : fleet) {
      String id = vm.vm().id();
      if (isShutOut(vm)) {
        shutOut.add(id);
        found = vms.contains(id) ? found : found.or(() -> Optional.of(vm));
      } else if (vms.contains(id) && !vm.health().welcomes()) {
        shutOut.add(id);
      }
      works |= vm.health().welcomes() && (vms.contains(id) || vm.vm().created().isAfter(since));
    }
    if (why.isPresent() && works) {
      return new ScalerStop(Optional.empty(), Set.copyOf(shutOut), now);
    }
    if (found.isPresent() && why.isEmpty()) {
      FleetVm vm = found.get();
      return new ScalerStop(
          vm.access().map(problem -> refusal(problem, vm)), Set.copyOf(shutOut), now);
    }
    return shutOut.equals(vms) ? this : new ScalerStop(why, Set.copyOf(shutOut), since);
  }

  private static boolean isShutOut(FleetVm vm) {
    boolean useless = vm.health() == Health.BROKEN || vm.health() == Health.SUSPECT;
    return useless && vm.access().isPresent();
  }

  private static PodiumException refusal(AccessProblem problem, FleetVm vm) {
    return new PodiumException.NotPermitted(
        "No VM is created for now",
        "'" + vm.name() + "' cannot work, for " + AccessRemedy.why(problem, vm.vm()),
        AccessRemedy.remedy(problem, vm.vm()),
        problem,
        null);
  }

  /// A person says that it is mended. The VMs that were shut out until now stop nothing any more.
  ScalerStop lifted() {
    return new ScalerStop(Optional.empty(), vms, since);
  }
}

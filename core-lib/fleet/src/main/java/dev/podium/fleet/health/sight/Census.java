package dev.podium.fleet.health.sight;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.util.Collection;
import java.util.Set;

/// The fleet in numbers.
///
/// @param size all but those on their way out
/// @param bad those in trouble
/// @param silent those that fell silent of late. A VM that has long been silent is not: it says
///   nothing about the console's own ears, and would keep it in doubt for ever
/// @param expected those that ought to be heard of, but for the long silent
/// @param working those that take people and are not asked to leave
/// @param unanswered those whose heartbeats say that they are ready, and that never answered the
///   probes which were sent to them
public record Census(int size, int bad, int silent, int expected, int working, int unanswered) {
  public static Census of(Collection<VmRecord> records, HealthLimits limits, ClockReading now) {
    return of(records, Set.of(), limits, now);
  }

  /// @param unreached zones that the cloud does not reach. That their VMs are silent says nothing
  ///   about the console's own ears
  public static Census of(
      Collection<VmRecord> records, Set<String> unreached, HealthLimits limits, ClockReading now) {
    int size = 0;
    int bad = 0;
    int silent = 0;
    int expected = 0;
    int working = 0;
    int unanswered = 0;
    for (VmRecord vm : records) {
      Health health = vm.health();
      if (health == Health.DELETING || health == Health.TERMINATED) {
        continue;
      }
      size++;
      if (unreached.contains(vm.vm().zone())) {
        continue;
      }
      bad += health.inTrouble() ? 1 : 0;
      working += health.welcomes() && vm.drain().isEmpty() && !vm.ending().underWay() ? 1 : 0;
      unanswered += isUnanswered(vm, limits, now) ? 1 : 0;
      boolean longSilent = now.past(vm.lastBeat(), limits.silence().condemned(), 1);
      if (vm.everReady() && !longSilent) {
        expected++;
        silent += now.past(vm.lastBeat(), limits.silence().suspect(), 1) ? 1 : 0;
      }
    }
    return new Census(size, bad, silent, expected, working, unanswered);
  }

  private static boolean isUnanswered(VmRecord vm, HealthLimits limits, ClockReading now) {
    return vm.probes().failed() >= limits.silence().failedProbes()
        && vm.heartbeats().last().filter(Pulse.Heartbeat::ready).isPresent()
        && !now.past(vm.lastBeat(), limits.silence().late(), 1);
  }
}

package dev.podium.core.health;

import dev.podium.core.model.Health;
import java.util.Collection;

/// The fleet in numbers.
///
/// @param size all but those on their way out
/// @param bad those in trouble
/// @param silent those that ought to be heard of and are not
/// @param expected those that ought to be heard of
/// @param leaving those that are being drained or deleted
record Census(int size, int bad, int silent, int expected, int leaving) {
  static Census of(Collection<VmRecord> records, HealthLimits limits, Moment now) {
    int size = 0;
    int bad = 0;
    int silent = 0;
    int expected = 0;
    int leaving = 0;
    for (VmRecord vm : records) {
      Health health = vm.health();
      if (health == Health.DELETING || health == Health.TERMINATED) {
        continue;
      }
      size++;
      boolean trouble =
          switch (health) {
            case SUSPECT, UNREACHABLE, BROKEN, CONDEMNED -> true;
            case STARTING, HEALTHY, IDLE, DRAINING, DELETING, TERMINATED, UNKNOWN -> false;
          };
      bad += trouble ? 1 : 0;
      leaving += vm.drain().isPresent() || vm.ending().going() ? 1 : 0;
      if (vm.everReady()) {
        expected++;
        silent += now.past(vm.lastBeat(), limits.silence().suspect(), 1) ? 1 : 0;
      }
    }
    return new Census(size, bad, silent, expected, leaving);
  }

  EndRules.Fleet fleet(int minimum) {
    return new EndRules.Fleet(size, bad, minimum, leaving);
  }
}

package dev.podium.core.fleet;

import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.model.Labels;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Pins and holds: labels that every console heeds. Blocks; may be used from any thread.
final class PinsAndHolds {
  private static final int ATTEMPTS = 3;

  private final ComputeCloud cloud;
  private final InstantSource wall;

  PinsAndHolds(ComputeCloud cloud, InstantSource wall) {
    this.cloud = cloud;
    this.wall = wall;
  }

  /// Sets or lifts the pin.
  ///
  /// @return the VM with its new labels
  Vm pin(Vm vm, boolean pinned) {
    return label(vm, Labels.PIN, pinned ? Optional.of("true") : Optional.empty());
  }

  /// Holds the VM from now on, or lifts the hold.
  ///
  /// @param span zero lifts it
  /// @return the VM with its new labels
  /// @throws PodiumException.Invalid if the cloud itself ends the VM before
  Vm hold(Vm vm, Duration span) {
    if (span.isZero()) {
      return label(vm, Labels.HOLD, Optional.empty());
    }
    Instant now = wall.instant();
    refuseBeyondRunLimit(vm, span, now);
    return label(vm, Labels.HOLD, Optional.of(Long.toString(now.plus(span).getEpochSecond())));
  }

  /// Compute Engine refuses to change the run limit of a machine that runs ("Max run duration
  /// cannot be changed while the instance is running"), so a hold beyond it would promise what
  /// nobody can keep.
  private static void refuseBeyondRunLimit(Vm vm, Duration span, Instant now) {
    Optional<Duration> left =
        vm.runLimit().map(limit -> Duration.between(now, vm.created().plus(limit)));
    if (left.isPresent() && left.get().compareTo(span) < 0) {
      throw new PodiumException.Invalid(
          "The VM '" + vm.name() + "' cannot be held for " + Spans.text(span),
          "the cloud itself ends it in "
              + LeakRules.rough(left.get().isNegative() ? Duration.ZERO : left.get())
              + ", and that limit cannot be changed while it runs",
          "Hold it for less, or make a VM with a longer lifetime and drain this one: its people"
              + " move on with their history.");
    }
  }

  private Vm label(Vm vm, String key, Optional<String> value) {
    for (int attempt = 1; ; attempt++) {
      Vm fresh = cloud.get(vm.zone(), vm.name()).orElseThrow(() -> FleetService.unknown(vm.name()));
      if (Optional.ofNullable(fresh.labels().get(key)).equals(value)) {
        return fresh;
      }
      Map<String, String> labels = new HashMap<>(fresh.labels());
      labels.remove(key);
      // A claim stays: whoever is about to destroy the VM looks for this label once more, and takes
      // its claim off then. If it was too late for that, the others must know of the end.
      value.ifPresent(text -> labels.put(key, text));
      try {
        cloud.setLabels(fresh, labels);
      } catch (PodiumException.Conflict lost) {
        if (attempt == ATTEMPTS) {
          throw lost;
        }
      }
    }
  }
}

package dev.podium.fleet.health.record;

import dev.podium.wire.chat.Pulse;
import java.time.Duration;

/// Whether people use a VM, by its own account.
///
/// @param window people whose last act is older do not count; see [HealthLimits.Use#window]
public record Usage(Duration window) {
  /// Whether nobody uses the VM. A tab that was left open is not use; a hold is, and shows as an
  /// idle time of 0 with nobody on it.
  public boolean nobody(Pulse.Heartbeat beat) {
    return nobody(beat.participants(), beat.idleSeconds());
  }

  private boolean nobody(int participants, long idleSeconds) {
    return participants > 0 ? idleSeconds >= window.toSeconds() : idleSeconds > 0;
  }

  /// Whether people used it by its newest word, on whichever channel that came. A VM of which not a
  /// word was heard is in use for all we know, unless it came to be before our eyes.
  public boolean lastKnownInUse(VmRecord vm) {
    if (vm.unheard()) {
      return !vm.witnessed();
    }
    return !nobody(vm.participants(), vm.idleSeconds());
  }

  /// Whether its probe, which alone still answers, says that nobody has been on it for `span`.
  public boolean probeSaysNobodyFor(VmRecord vm, Duration span) {
    return vm.signs() > 0
        && vm.probes()
            .last()
            .filter(said -> nobody(said.participants(), said.idleSeconds()))
            .filter(said -> said.idleSeconds() >= span.toSeconds())
            .isPresent();
  }

  /// Whether somebody did something on it since that moment, by its newest word.
  ///
  /// @param moment nanoseconds of the monotonic clock
  public static boolean usedSince(VmRecord vm, long moment) {
    return !vm.unheard() && vm.toldAt() - vm.idleSeconds() * 1_000_000_000L - moment > 0;
  }
}

package dev.podium.fleet.identity;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.List;
import java.util.Optional;

/// What a console takes from heartbeats of VMs that sign, before it knows their keys. Anybody can
/// have sent them, so they must lead to no drain and no end: they say that the VM lives and that
/// somebody may be on it.
final class UnprovedHeartbeats {
  private UnprovedHeartbeats() {}

  /// @return empty for anything but a heartbeat: without a proof it says nothing
  static Optional<ReceivedPulse> signOfLife(ReceivedPulse received) {
    return received.pulse() instanceof Pulse.Heartbeat beat
        ? Optional.of(
            new ReceivedPulse(
                inUse(beat), received.body(), received.signature(), received.published()))
        : Optional.empty();
  }

  private static Pulse.Heartbeat inUse(Pulse.Heartbeat beat) {
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        beat.sequence(),
        beat.url(),
        beat.participants(),
        beat.seats(),
        0,
        beat.ready(),
        false,
        List.of(),
        beat.members(),
        beat.roster());
  }
}

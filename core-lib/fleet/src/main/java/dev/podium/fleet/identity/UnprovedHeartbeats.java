package dev.podium.fleet.identity;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a console takes from heartbeats of VMs that sign, while it does not know their keys.
/// Anybody can have sent them, so they must lead to no drain and no end. They say that the VM lives
/// and that somebody may be on it.
///
/// A VM that hears shows its key within seconds of being asked. One that never does, because it is
/// deaf or gets no identity token, stays until its run limit or until a person ends it. May be used
/// from any thread.
final class UnprovedHeartbeats {
  private final Map<String, ReceivedPulse> waiting = new ConcurrentHashMap<>();

  /// A VM whose key is known speaks by another: its agent was started anew, or somebody lies. The
  /// newest such heartbeat waits for the key, which may be on its way.
  void await(String vmId, ReceivedPulse received) {
    waiting.merge(
        vmId, received, (old, next) -> next.published().isAfter(old.published()) ? next : old);
  }

  /// What waited for the VM's key: it is to be proved now, or the VM is gone.
  Optional<ReceivedPulse> awaited(String vmId) {
    return Optional.ofNullable(waiting.remove(vmId));
  }

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

package dev.podium.fleet.identity;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a console takes from heartbeats of VMs that sign, before it knows their keys. Anybody can
/// have sent them, so they must lead to no drain and no end: they say that the VM lives and that
/// somebody may be on it.
///
/// A VM that hears shows its key within seconds of being asked. One that has not for long is deaf,
/// or gets no identity token: it is judged by what is said in its name, or nothing would ever end
/// it. May be used from any thread.
final class UnprovedHeartbeats {
  /// So long after it was first asked a VM that has not shown its key is judged all the same.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Ticker ticker;
  private final Map<String, Long> sinceNanos = new ConcurrentHashMap<>();
  private final Map<String, ReceivedPulse> waiting = new ConcurrentHashMap<>();

  UnprovedHeartbeats(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Something is said in the name of a VM that signs.
  ///
  /// @param vmId the number of a VM that is listed and whose key is not known
  /// @return what of it counts; empty if nothing does
  Optional<ReceivedPulse> heard(String vmId, ReceivedPulse received) {
    long now = ticker.nanos();
    long since = sinceNanos.computeIfAbsent(vmId, _ -> now);
    return now - since < PATIENCE.toNanos() ? signOfLife(received) : Optional.of(received);
  }

  /// A VM whose key is known speaks by another: its agent was started anew, or somebody lies. The
  /// newest such heartbeat waits for the key, which may be on its way.
  void await(String vmId, ReceivedPulse received) {
    waiting.merge(
        vmId, received, (old, next) -> next.published().isAfter(old.published()) ? next : old);
  }

  /// What waited for the VM's key; it is to be proved now.
  Optional<ReceivedPulse> awaited(String vmId) {
    return Optional.ofNullable(waiting.remove(vmId));
  }

  /// The VM's key is known from now on, or the VM is gone.
  void over(String vmId) {
    sinceNanos.remove(vmId);
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

package dev.podium.fleet.health.record;

import dev.podium.fleet.health.record.VmRecord.Heartbeats;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What of a heartbeat can be true. A VM that somebody took over signs what it likes, and must not
/// move the fleet by it.
final class PlausibleBeats {
  /// An agent gathers for 150 ms before it sends another.
  private static final long MOST_PER_SECOND = 10;

  /// Ahead of what time allows: clocks differ, and heartbeats wait for their publication.
  private static final long SLACK = 300;

  /// People whose VM ended are taken in beyond the seats, up to this many times as many.
  private static final int CROWD = 2;

  private PlausibleBeats() {}

  /// The heartbeat, with no more seats than the VM was made with and no more people than those
  /// take.
  static Pulse.Heartbeat bounded(Pulse.Heartbeat beat, Vm vm) {
    int seats = Math.clamp(beat.seats(), 0, vm.seats());
    int participants = Math.clamp(beat.participants(), 0, CROWD * vm.seats());
    long idle = Math.max(0, beat.idleSeconds());
    return seats == beat.seats()
            && participants == beat.participants()
            && idle == beat.idleSeconds()
        ? beat
        : changed(beat, beat.sequence(), seats, participants, idle);
  }

  /// The heartbeat without its number, so that any later one of its boot counts.
  static Pulse.Heartbeat unnumbered(Pulse.Heartbeat beat) {
    return changed(beat, -1, beat.seats(), beat.participants(), beat.idleSeconds());
  }

  private static Pulse.Heartbeat changed(
      Pulse.Heartbeat beat, long sequence, int seats, int participants, long idleSeconds) {
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        sequence,
        beat.url(),
        participants,
        seats,
        idleSeconds,
        beat.ready(),
        beat.draining(),
        beat.selfCheck(),
        beat.members(),
        beat.roster());
  }

  /// Whether so many heartbeats can have been sent by then, since the last one or since the VM was
  /// made. After one with a number far ahead the real ones would look old.
  ///
  /// @param published by the cloud's clock
  static boolean mayBe(VmRecord vm, Pulse.Heartbeat beat, Instant published) {
    Heartbeats before = vm.heartbeats();
    Optional<Pulse.Heartbeat> last =
        before
            .last()
            .filter(old -> old.bootId().equals(beat.bootId()) && old.sequence() >= 0)
            .filter(_ -> before.published().isAfter(Instant.MIN));
    Instant since = last.isPresent() ? before.published() : vm.vm().created();
    long from = last.map(Pulse.Heartbeat::sequence).orElse(0L);
    long seconds = Math.max(0, Duration.between(since, published).toSeconds());
    return beat.sequence() - from <= seconds * MOST_PER_SECOND + SLACK;
  }
}

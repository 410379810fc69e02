package dev.podium.agent.trust;

import dev.podium.agent.trust.ProvedHeartbeats.Waiting;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.pulse.PulseRejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of one VM's heartbeats under one key. Not for more than one thread.
final class VmPulse {
  /// Of those that wait for their proof the newest few.
  private static final int MOST_WAITING = 4;

  /// Boots that ended, of which messages may still come.
  private static final int MOST_ENDED = 8;

  private final String key;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final ArrayDeque<String> ended = new ArrayDeque<>();
  private Pulse.@Nullable Heartbeat proved;
  private Instant at = Instant.MIN;
  private Duration leastLag = Duration.ZERO;
  private long provedNanos;
  private boolean doubted;
  private long doubtedNanos;

  VmPulse(String key, long nowNanos) {
    this.key = key;
    this.provedNanos = nowNanos;
  }

  String key() {
    return key;
  }

  /// How long ago the last proved one came.
  long unproved(long nowNanos) {
    return nowNanos - provedNanos;
  }

  /// What speaks against it, without a look at its signature.
  Optional<PulseRejection> against(Waiting next) {
    Pulse.Heartbeat beat = next.beat();
    if (ended.contains(beat.bootId())) {
      return Optional.of(PulseRejection.REPEATED);
    }
    if (proved == null) {
      return Optional.empty();
    }
    if (!proved.bootId().equals(beat.bootId())) {
      // A boot has one successor: what was signed before it began is of an earlier one.
      return next.signature().at().isBefore(at)
          ? Optional.of(PulseRejection.REPEATED)
          : Optional.empty();
    }
    if (beat.sequence() <= proved.sequence()) {
      return Optional.of(PulseRejection.REPEATED);
    }
    long most = ProvedHeartbeats.mostSince(next.arrivedNanos() - provedNanos);
    if (beat.sequence() - proved.sequence() > most) {
      return Optional.of(PulseRejection.IMPLAUSIBLE);
    }
    Duration usual = leastLag.isNegative() ? Duration.ZERO : leastLag;
    return next.lag().compareTo(usual.plus(ProvedHeartbeats.LATE)) > 0
        ? Optional.of(PulseRejection.STALE)
        : Optional.empty();
  }

  /// Whether the last proved one said the same, and nobody forges under this name.
  boolean saidSo(Pulse.Heartbeat beat) {
    if (proved == null || !look(proved).equals(look(beat))) {
      return false;
    }
    doubted &= provedNanos - doubtedNanos < ProvedHeartbeats.DOUBT.toNanos();
    return !doubted;
  }

  void await(Waiting next) {
    waiting.addLast(next);
    if (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
    }
  }

  /// The newest of those that wait, which waits no more.
  @Nullable Waiting next() {
    return waiting.pollLast();
  }

  void doubt(long nowNanos) {
    doubted = true;
    doubtedNanos = nowNanos;
  }

  void proved(Waiting one) {
    Pulse.Heartbeat before = proved;
    boolean sameBoot = before != null && before.bootId().equals(one.beat().bootId());
    Duration lag = one.lag();
    leastLag = sameBoot && leastLag.compareTo(lag) < 0 ? leastLag : lag;
    proved = one.beat();
    at = one.signature().at();
    provedNanos = one.arrivedNanos();
    waiting.clear();
  }

  void ended(String bootId) {
    if (!ended.contains(bootId)) {
      ended.addLast(bootId);
      if (ended.size() > MOST_ENDED) {
        ended.removeFirst();
      }
    }
  }

  /// A heartbeat without what changes with each, and without its address: the roster has that.
  private static Pulse.Heartbeat look(Pulse.Heartbeat beat) {
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        0,
        "",
        beat.participants(),
        beat.seats(),
        0,
        beat.ready(),
        beat.draining(),
        beat.selfCheck(),
        beat.members(),
        0);
  }
}

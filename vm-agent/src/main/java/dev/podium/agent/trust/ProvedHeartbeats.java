package dev.podium.agent.trust;

import dev.podium.agent.people.Peers;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseRejection;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which heartbeats of other VMs this one believes. May be used from any thread but the chat loop:
/// it checks signatures.
///
/// Most heartbeats say what the one before said. Such a one is only looked at, and waits. It is
/// proved once the last proved one of its VM is some seconds old, and what changes something is
/// proved at once. So nothing that people see rests on a forged word, and an idle fleet costs a
/// signature check for each VM every ten seconds.
public final class ProvedHeartbeats {
  /// After this long the next heartbeat that comes is proved. Every VM sends one each five seconds,
  /// so its silence ([Peers#SILENCE]) leaves time for another, should this one be forged.
  static final Duration UNPROVED = Duration.ofSeconds(9);

  /// After this long those that wait are proved, because no other may come.
  static final Duration LAST_CALL = Peers.SILENCE.minusSeconds(2);

  /// By how much more than usual a heartbeat may be older than the cloud's receipt of it. Who
  /// repeats the heartbeats of a dead VM makes it live by no more than this.
  static final Duration LATE = Duration.ofSeconds(10);

  /// After a forgery all heartbeats of that name are proved for so long.
  static final Duration DOUBT = Duration.ofMinutes(5);

  /// A VM sends a few heartbeats a second at most, when people come and go.
  private static final long MOST_A_SECOND = 10;

  private static final long MOST_AT_ONCE = 100;

  private final PulseCheck check;
  private final Ticker ticker;
  private final Believer believer;
  private final Map<String, VmPulse> byName = new HashMap<>();

  /// @param believer told of each that was proved, while others wait: it must return at once
  public ProvedHeartbeats(PulseCheck check, Ticker ticker, Believer believer) {
    this.check = check;
    this.ticker = ticker;
    this.believer = believer;
  }

  /// A heartbeat came.
  public synchronized void heard(ReceivedPulse received, Pulse.Heartbeat beat) {
    Optional<PulseRejection> seen = check.look(received);
    if (seen.isPresent()) {
      check.count(seen.get());
      return;
    }
    PulseSignature signature = received.signature().orElseThrow();
    long now = ticker.nanos();
    VmPulse known = byName.get(beat.vm());
    if (known == null || !known.key().equals(signature.key())) {
      known = new VmPulse(signature.key(), now);
    }
    Waiting waiting = new Waiting(received, beat, now);
    Optional<PulseRejection> against = known.against(waiting);
    if (against.isPresent()) {
      check.count(against.get());
    } else if (known.saidSo(beat) && known.unproved(now) < UNPROVED.toNanos()) {
      known.await(waiting);
    } else {
      prove(known, waiting);
    }
  }

  /// A VM said goodbye, and proved it: what is still on its way of that boot says nothing more.
  public synchronized void gone(Pulse.Goodbye goodbye) {
    VmPulse known = byName.get(goodbye.vm());
    if (known != null) {
      known.ended(goodbye.bootId());
    }
  }

  /// Proves those that wait where no others came. To be called every second.
  public synchronized void look() {
    long now = ticker.nanos();
    for (VmPulse known : byName.values().toArray(VmPulse[]::new)) {
      if (known.unproved(now) >= LAST_CALL.toNanos()) {
        for (Waiting newest = known.next(); newest != null; newest = known.next()) {
          if (known.against(newest).isEmpty() && prove(known, newest)) {
            break;
          }
        }
      }
    }
  }

  /// Forgets the VMs that are not on it.
  public synchronized void keepOnly(Roster roster) {
    byName.keySet().retainAll(roster.byName().keySet());
  }

  private boolean prove(VmPulse known, Waiting waiting) {
    Optional<PulseRejection> why = check.prove(waiting.received);
    if (why.isPresent()) {
      check.count(why.get());
      if (why.get() == PulseRejection.FORGED) {
        known.doubt(ticker.nanos());
      }
      return false;
    }
    known.proved(waiting);
    byName.put(waiting.beat.vm(), known);
    believer.believe(waiting.beat, waiting.arrivedNanos);
    return true;
  }

  /// Takes what was proved.
  @FunctionalInterface
  public interface Believer {
    /// @param heardNanos when it came, by the [Ticker]
    void believe(Pulse.Heartbeat beat, long heardNanos);
  }

  /// A heartbeat that was looked at.
  record Waiting(ReceivedPulse received, Pulse.Heartbeat beat, long arrivedNanos) {
    PulseSignature signature() {
      return received.signature().orElseThrow();
    }

    /// How much later the cloud took it than it was signed, by the sender's idea of its clock.
    Duration lag() {
      return Duration.between(signature().at(), received.published());
    }
  }

  /// The most heartbeats that can have come since one.
  static long mostSince(long nanos) {
    return MOST_AT_ONCE + MOST_A_SECOND * Duration.ofNanos(Math.max(0, nanos)).toSeconds();
  }
}

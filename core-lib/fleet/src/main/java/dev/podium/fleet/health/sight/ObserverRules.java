package dev.podium.fleet.health.sight;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.text.DurationText;
import java.time.Duration;

/// The console's doubt about itself: a score from 0 to 8. The laptop sleeps, loses its network, its
/// clock jumps; each of these looks exactly like a dead fleet. Pure.
public class ObserverRules {
  /// The highest doubt; timeouts are then nine times as long.
  public static final int MOST = 8;

  private final HealthLimits.Observer limits;

  public ObserverRules(HealthLimits limits) {
    this.limits = limits.observer();
  }

  /// What is remembered between ticks.
  ///
  /// @param score 0 (well) to [#MOST]
  /// @param last the previous tick
  /// @param calmSince since when the score is 0, monotonic nanoseconds; meaningless unless it is
  /// @param settled whether it was calm for long enough since the start or the last sleep
  public record State(int score, ClockReading last, long calmSince, boolean settled) {
    /// The state in which a console starts: it has just woken, so to speak.
    public static State start(ClockReading now) {
      return new State(0, now, now.nanos(), false);
    }

    /// Whether anything may end now.
    public boolean trusted() {
      return score == 0 && settled;
    }
  }

  /// What was noticed since the previous tick.
  ///
  /// @param failedCalls calls to Compute Engine that failed
  /// @param canaryOverdue whether the console's own message has not come back in time
  /// @param silent VMs that ought to be heard of and are not
  /// @param expected VMs that ought to be heard of
  public record Noticed(int failedCalls, boolean canaryOverdue, int silent, int expected) {}

  /// @param slept why everything must start again; empty if nothing must
  public record Step(State state, String slept) {}

  /// One tick.
  public Step tick(State before, Noticed noticed, ClockReading now) {
    long gap = now.since(before.last().nanos());
    long wallGap = Duration.between(before.last().wall(), now.wall()).toNanos();
    String slept = slept(gap, wallGap);
    int more = (gap >= limits.lateTick().toNanos() ? 1 : 0) + doubts(noticed);
    int score = more == 0 ? Math.max(0, before.score() - 1) : Math.min(MOST, before.score() + more);
    if (!slept.isEmpty()) {
      return new Step(new State(score, now, now.nanos(), false), slept);
    }
    long calmSince = score == 0 && before.score() == 0 ? before.calmSince() : now.nanos();
    boolean settled = before.settled() || (score == 0 && now.past(calmSince, limits.calm(), 1));
    return new Step(new State(score, now, calmSince, settled), "");
  }

  private int doubts(Noticed noticed) {
    // One or two silent VMs are likelier dead than proof that the console is deaf; three and most
    // of the fleet at once are not. The same count as the breaker's.
    boolean manySilent =
        noticed.silent() >= 3 && noticed.silent() >= limits.silentShare() * noticed.expected();
    return noticed.failedCalls() + (noticed.canaryOverdue() ? 1 : 0) + (manySilent ? 1 : 0);
  }

  /// The monotonic clock stands still in sleep on some systems and runs on others, so both count.
  private String slept(long gap, long wallGap) {
    long sleep = limits.sleep().toNanos();
    if (gap >= sleep || wallGap >= sleep) {
      return "this computer slept for " + DurationText.roundedNanos(Math.max(gap, wallGap));
    }
    if (Math.abs(wallGap - gap) > limits.drift().toNanos()) {
      return "this computer's clock jumped by "
          + DurationText.roundedNanos(Math.abs(wallGap - gap));
    }
    return "";
  }
}

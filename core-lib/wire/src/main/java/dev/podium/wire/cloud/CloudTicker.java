package dev.podium.wire.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A computer's clocks, and what the cloud's answers tell of the cloud's own. An answer carries a
/// date in whole seconds (RFC 9110, `Date`), which was written after the question and before the
/// answer came. So each tells a range in which the difference lies, and together they narrow it.
/// May be used from any thread.
public final class CloudTicker implements Ticker {
  /// A computer whose clock is wrong by more is worth a word to whoever sits before it.
  public static final Duration WORTH_A_WORD = Duration.ofSeconds(5);

  /// A date says nothing of its fraction of a second.
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  /// An answer that took longer tells less than the computer's own clock.
  private static final Duration PROMPT = Duration.ofSeconds(10);

  /// Clocks drift apart by less than this share of the time that passes.
  private static final double DRIFT = 0.001;

  private final Ticker computer;
  private Optional<Range> known = Optional.empty();

  /// @param computer its own clocks
  public CloudTicker(Ticker computer) {
    this.computer = computer;
  }

  /// How far the cloud's clock can be ahead of the computer's.
  private record Range(Duration least, Duration most, long atNanos) {
    Duration middle() {
      return least.plus(most).dividedBy(2);
    }

    Range later(long nanos) {
      Duration drift = Duration.ofNanos((long) ((nanos - atNanos) * DRIFT));
      return new Range(least.minus(drift), most.plus(drift), nanos);
    }

    boolean meets(Range other) {
      return least.compareTo(other.most) <= 0 && other.least.compareTo(most) <= 0;
    }

    Range within(Range other) {
      return new Range(
          least.compareTo(other.least) > 0 ? least : other.least,
          most.compareTo(other.most) < 0 ? most : other.most,
          atNanos);
    }
  }

  /// An answer of the cloud came just now.
  ///
  /// @param date what it says
  /// @param asked both clocks when it was asked
  public synchronized void answered(Instant date, ClockReading asked) {
    long nanos = computer.nanos();
    Duration took = Duration.ofNanos(nanos - asked.nanos());
    if (took.compareTo(PROMPT) > 0) {
      return;
    }
    Instant now = computer.wall();
    Range told =
        new Range(
            Duration.between(now, date),
            Duration.between(now.minus(took), date.plus(RESOLUTION)),
            nanos);
    // One that does not fit shows that the computer's clock was set meanwhile.
    known = known.map(range -> range.later(nanos)).filter(told::meets).map(told::within);
    known = Optional.of(known.orElse(told));
  }

  @Override
  public long nanos() {
    return computer.nanos();
  }

  @Override
  public Instant wall() {
    return computer.wall();
  }

  @Override
  public synchronized Duration cloudAhead() {
    return known.map(Range::middle).orElse(Duration.ZERO);
  }
}

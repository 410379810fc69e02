package dev.podium.wire.cloud;

import java.time.Duration;
import java.time.Instant;

/// One reading of the clocks. Ages come from the monotonic one, and what is compared with moments
/// from outside goes by the cloud's.
///
/// @param nanos monotonic, from an arbitrary start
/// @param wall this computer's wall clock, which may be wrong and may jump
/// @param cloudAhead how far the cloud's clock is ahead of that, as far as is known
public record ClockReading(long nanos, Instant wall, Duration cloudAhead) {
  /// Where the wall clock is the cloud's.
  public ClockReading(long nanos, Instant wall) {
    this(nanos, wall, Duration.ZERO);
  }

  /// The clocks, now.
  public static ClockReading of(Ticker ticker) {
    return new ClockReading(ticker.nanos(), ticker.wall(), ticker.cloudAhead());
  }

  /// The moment by the cloud's clock; see [Ticker#cloud].
  public Instant cloud() {
    return wall.plus(cloudAhead);
  }

  /// Monotonic time since then, in nanoseconds. Differences only: the clock's zero means nothing
  /// and its value may wrap.
  public long since(long thenNanos) {
    return nanos - thenNanos;
  }

  /// Whether `span`, stretched by `factor`, has passed since then.
  public boolean past(long thenNanos, Duration span, int factor) {
    return nanos - thenNanos >= span.toNanos() * factor;
  }
}

package dev.podium.wire.cloud;

import java.time.Duration;
import java.time.Instant;

/// One reading of both clocks. Ages come from the monotonic one, words for people from the wall.
///
/// @param nanos monotonic, from an arbitrary start
/// @param wall the wall clock, which may jump
public record ClockReading(long nanos, Instant wall) {
  /// Both clocks, now.
  public static ClockReading of(Ticker ticker) {
    return new ClockReading(ticker.nanos(), ticker.wall());
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

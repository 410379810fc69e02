package dev.podium.core.health;

import dev.podium.core.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;

/// One reading of both clocks. Ages come from the monotonic one, words for people from the wall.
///
/// @param nanos monotonic, from an arbitrary start
/// @param wall the wall clock, which may jump
public record Moment(long nanos, Instant wall) {
  /// Both clocks, now.
  public static Moment of(Ticker ticker) {
    return new Moment(ticker.nanos(), ticker.wall());
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

package dev.podium.fleet.testing;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;

/// Clocks that stand still until a test moves them. May be used from any thread.
public final class ManualTicker implements Ticker {
  private long nanos = 1_000_000_000L;
  private Instant wall = Instant.parse("2026-03-02T09:00:00Z");

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant wall() {
    return wall;
  }

  /// Both clocks go on.
  public synchronized void pass(Duration span) {
    nanos += span.toNanos();
    wall = wall.plus(span);
  }

  /// The wall clock alone jumps.
  public synchronized void jumpWall(Duration span) {
    wall = wall.plus(span);
  }
}

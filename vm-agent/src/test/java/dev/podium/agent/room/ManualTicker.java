package dev.podium.agent.room;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;

/// Time that passes when the test says so.
final class ManualTicker implements Ticker {
  private long nanos = 1;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant wall() {
    return Instant.EPOCH.plusNanos(nanos);
  }
}

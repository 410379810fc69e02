package dev.podium.agent;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;

/// Time that passes when the test says so.
public final class ManualTicker implements Ticker {
  private long nanos = 1;

  public void pass(Duration time) {
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

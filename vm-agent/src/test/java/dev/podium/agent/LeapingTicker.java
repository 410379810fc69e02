package dev.podium.agent;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The system's time, which a test can put forward.
final class LeapingTicker implements Ticker {
  private final Ticker system = Ticker.system();
  private final AtomicLong ahead = new AtomicLong();

  void leap(Duration length) {
    ahead.addAndGet(length.toNanos());
  }

  @Override
  public long nanos() {
    return system.nanos() + ahead.get();
  }

  @Override
  public Instant wall() {
    return system.wall().plusNanos(ahead.get());
  }
}

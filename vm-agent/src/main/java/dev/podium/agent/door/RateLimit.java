package dev.podium.agent.door;

import dev.podium.wire.cloud.Ticker;

/// So many a minute, all at once if nothing was used before.
public final class RateLimit {
  private static final double NANOS_PER_MINUTE = 60e9;

  private final Ticker ticker;
  private final int perMinute;
  private double left;
  private long countedAtNanos;

  public RateLimit(Ticker ticker, int perMinute) {
    this.ticker = ticker;
    this.perMinute = perMinute;
    this.left = perMinute;
    this.countedAtNanos = ticker.nanos();
  }

  /// Takes one, if there is one left.
  public boolean take() {
    refill();
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }

  boolean isEmpty() {
    refill();
    return left < 1;
  }

  boolean isFull() {
    refill();
    return left >= perMinute;
  }

  private void refill() {
    long now = ticker.nanos();
    left = Math.min(perMinute, left + (now - countedAtNanos) * perMinute / NANOS_PER_MINUTE);
    countedAtNanos = now;
  }
}

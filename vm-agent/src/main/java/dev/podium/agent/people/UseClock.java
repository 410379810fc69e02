package dev.podium.agent.people;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;

/// When a person last did something here: joined, spoke, typed, or asked to keep the VM. An open
/// connection is not use.
public final class UseClock {
  /// The longest hold: a school day.
  public static final Duration LONGEST_HOLD = Duration.ofHours(8);

  private final Ticker ticker;
  private long lastUseNanos;
  private long holdUntilNanos;

  public UseClock(Ticker ticker) {
    this.ticker = ticker;
    this.lastUseNanos = ticker.nanos();
    this.holdUntilNanos = lastUseNanos;
  }

  public void touch() {
    lastUseNanos = ticker.nanos();
  }

  /// Keeps the VM although nobody does anything, from now; a hold of zero ends one.
  public void hold(Duration length) {
    touch();
    Duration granted = length.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : length;
    holdUntilNanos = ticker.nanos() + Math.max(0, granted.toNanos());
  }

  public boolean held() {
    return holdUntilNanos - ticker.nanos() > 0;
  }

  /// Seconds since the last act, by the monotonic clock; 0 while a hold lasts.
  public long idleSeconds() {
    return held() ? 0 : Duration.ofNanos(ticker.nanos() - lastUseNanos).toSeconds();
  }
}

package dev.podium.core.fleet;

import dev.podium.core.cloud.Ticker;
import java.time.Duration;

/// How long to let be what did not work: a minute after the first failure, twice as long after each
/// that follows, half an hour at most. A wrong image or a used-up quota would else be asked for
/// again by everybody who knocks. May be used from any thread.
final class Backoff {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Ticker ticker;
  private Duration pause = Duration.ZERO;
  private long since;

  Backoff(Ticker ticker) {
    this.ticker = ticker;
  }

  synchronized void failed() {
    Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
    pause = next.compareTo(LONGEST) > 0 ? LONGEST : next;
    since = ticker.nanos();
  }

  synchronized void worked() {
    pause = Duration.ZERO;
  }

  /// Whether the pause has passed.
  synchronized boolean over() {
    return ticker.nanos() - since >= pause.toNanos();
  }
}

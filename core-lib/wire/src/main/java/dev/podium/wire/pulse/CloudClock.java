package dev.podium.wire.pulse;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The cloud's clock, as a sender knows it: what its ticker knows of it, set right by its own
/// messages. They come back with the moment when the cloud took them.
///
/// A machine with a wrong clock, whose ticker knows no better, is refused by all others until its
/// first message has come back. May be used from any thread.
public final class CloudClock {
  /// An answer that took longer tells less than the machine's own clock.
  private static final Duration PROMPT = Duration.ofSeconds(10);

  /// Messages on their way; the oldest of more are forgotten.
  private static final int MOST = 64;

  private final Ticker ticker;
  private final Map<Long, Long> sentNanos = new LinkedHashMap<>();
  private Duration ahead = Duration.ZERO;

  public CloudClock(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Now, by the cloud's clock.
  public synchronized Instant now() {
    return ticker.cloud().plus(ahead);
  }

  /// A message of that number is sent now.
  synchronized void sent(long number) {
    sentNanos.put(number, ticker.nanos());
    if (sentNanos.size() > MOST) {
      sentNanos.remove(sentNanos.keySet().iterator().next());
    }
  }

  /// An own message came back. Only its first return counts: whoever repeats it later must not set
  /// this clock.
  ///
  /// @param published when the cloud took it, by the cloud's clock
  synchronized void cameBack(long number, Instant published) {
    Long sent = sentNanos.remove(number);
    if (sent != null) {
      Duration since = Duration.ofNanos(ticker.nanos() - sent);
      if (since.compareTo(PROMPT) < 0) {
        ahead = Duration.between(ticker.cloud().minus(since), published);
      }
    }
  }
}

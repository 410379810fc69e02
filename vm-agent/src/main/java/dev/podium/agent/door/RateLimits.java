package dev.podium.agent.door;

import dev.podium.wire.cloud.Ticker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// A [RateLimit] for each of many, of which only those are kept that have used some. When there are
/// too many the one that was used longest ago is forgotten.
public final class RateLimits {
  private final Ticker ticker;
  private final int perMinute;
  private final int most;
  private final Map<String, RateLimit> byName = new LinkedHashMap<>(16, 0.75f, true);

  public RateLimits(Ticker ticker, int perMinute, int most) {
    this.ticker = ticker;
    this.perMinute = perMinute;
    this.most = most;
  }

  /// Takes one of that name's, if there is one left.
  public boolean take(String name) {
    boolean taken = byName.computeIfAbsent(name, key -> new RateLimit(ticker, perMinute)).take();
    forget();
    return taken;
  }

  boolean isEmpty(String name) {
    RateLimit known = byName.get(name);
    return known != null && known.isEmpty();
  }

  int size() {
    return byName.size();
  }

  /// The longest unused come first; those that are full again say nothing any more.
  private void forget() {
    Iterator<RateLimit> oldest = byName.values().iterator();
    while (oldest.hasNext() && (oldest.next().isFull() || byName.size() > most)) {
      oldest.remove();
    }
  }
}

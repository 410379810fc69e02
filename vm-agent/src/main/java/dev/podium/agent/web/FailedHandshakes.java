package dev.podium.agent.web;

import dev.podium.core.cloud.Ticker;
import java.util.HashMap;
import java.util.Map;

/// How often each address failed to get in. Only failures count: a class of thirty behind one
/// router opens the link in the same minute and must get in; somebody who tries codes must not.
final class FailedHandshakes {
  private static final int PER_MINUTE = 20;
  private static final int ADDRESSES = 10_000;

  private final Ticker ticker;
  private final Map<String, Allowance> byAddress = new HashMap<>();

  FailedHandshakes(Ticker ticker) {
    this.ticker = ticker;
  }

  void failed(String address) {
    if (byAddress.size() >= ADDRESSES) {
      byAddress.values().removeIf(Allowance::isFull);
    }
    if (byAddress.size() < ADDRESSES) {
      byAddress.computeIfAbsent(address, key -> new Allowance(ticker, PER_MINUTE)).take();
    }
  }

  boolean tooMany(String address) {
    Allowance allowance = byAddress.get(address);
    return allowance != null && allowance.isEmpty();
  }
}

package dev.podium.agent.metric;

import java.util.Map;
import java.util.function.Supplier;

/// What `/metrics` tells. Written on the chat loop only.
public final class Counters {
  public long connections;
  public long admitted;
  public long refused;
  public long said;
  public long acknowledged;
  public long shown;
  public long delivered;
  public long tooSlow;
  public long replaced;
  public long expelled;
  public long putOff;
  public long behind;
  public long congested;

  /// Pulses that were not believed, by why. Counted elsewhere, and read on the chat loop.
  public Supplier<Map<String, Long>> droppedPulses = Map::of;

  public final Histogram acknowledgeSeconds =
      new Histogram(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);

  public void acknowledged(long nanos) {
    acknowledged++;
    acknowledgeSeconds.observe(nanos / 1e9);
  }
}

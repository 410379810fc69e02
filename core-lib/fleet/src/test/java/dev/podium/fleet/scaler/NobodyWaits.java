package dev.podium.fleet.scaler;

import dev.podium.wire.model.PodiumException;
import java.util.Map;

/// Nobody wants a seat.
final class NobodyWaits implements SeatDemand {
  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public Map<String, Integer> reserved() {
    return Map.of();
  }

  @Override
  public void refused(PodiumException why) {}
}

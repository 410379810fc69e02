package dev.podium.fleet.scaler;

import dev.podium.wire.model.PodiumException;
import java.util.Map;

/// People who want a seat, as far as the scaler needs to know them. May be called from any thread.
public interface SeatDemand {
  /// How many wait.
  int waiting();

  /// Seats that were handed out and that nobody sits on yet, by the VM's id.
  Map<String, Integer> reserved();

  /// No VM is made for them, and none is on its way. Must return at once.
  void refused(PodiumException why);

  /// Nobody.
  static SeatDemand none() {
    return new SeatDemand() {
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
    };
  }
}

package dev.podium.core.fleet;

import dev.podium.core.model.PodiumException;
import java.util.Map;

/// People who want a seat, as far as the scaler needs to know them. May be called from any thread.
public interface Guests {
  /// How many wait.
  int waiting();

  /// Seats that were handed out and that nobody sits on yet, by the VM's id.
  Map<String, Integer> reserved();

  /// No VM is made for them, and none is on its way. Must return at once.
  void refused(PodiumException why);

  /// Nobody.
  static Guests none() {
    return new Guests() {
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

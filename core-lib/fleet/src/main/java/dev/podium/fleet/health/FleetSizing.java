package dev.podium.fleet.health;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;

/// What keeps the fleet at its size, as far as the watch needs to know it. Called on the watch's
/// thread alone; must return at once.
public interface FleetSizing {
  /// Asked at each tick, after the observer judged itself and before anything may end.
  ///
  /// @return how many VMs that work must stay
  int vmsToKeep(WatchStatus status, ClockReading now);

  /// Somebody waits at a VM's front door.
  void seatsWanted(Pulse.SeatsWanted wanted, ClockReading now);

  /// A console, this one too, tells by what policy it runs the fleet.
  default void policyHeard(Pulse.Policy policy, ClockReading now) {}

  /// How well the watch sees.
  ///
  /// @param fresh whether the cloud's list was read since the console started or woke
  /// @param listed when the newest of the cloud's lists was asked for, monotonic nanoseconds;
  ///   meaningless before the first
  /// @param doubt the observer's score, 0 (well) to 8
  /// @param trusted whether anything may end now
  record WatchStatus(boolean fresh, long listed, int doubt, boolean trusted) {}

  /// A fleet of that many at least, which nothing makes larger.
  static FleetSizing atLeast(int minimum) {
    return new FleetSizing() {
      @Override
      public int vmsToKeep(WatchStatus status, ClockReading now) {
        return minimum;
      }

      @Override
      public void seatsWanted(Pulse.SeatsWanted wanted, ClockReading now) {}
    };
  }
}

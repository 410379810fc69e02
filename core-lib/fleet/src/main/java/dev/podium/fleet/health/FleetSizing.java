package dev.podium.fleet.health;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import java.util.Set;

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

  /// Why no VM is made until a person mends something; empty while VMs are made. From any thread.
  default Optional<PodiumException> stopped() {
    return Optional.empty();
  }

  /// How well the watch sees.
  ///
  /// @param fresh whether the cloud's list was read since the console started or woke
  /// @param listed when the newest of the cloud's lists was asked for, monotonic nanoseconds;
  ///   meaningless before the first
  /// @param doubt the observer's score, 0 (well) to 8
  /// @param trusted whether anything may end now
  /// @param unreached zones that the cloud does not reach: nothing can be made there
  record WatchStatus(
      boolean fresh, long listed, int doubt, boolean trusted, Set<String> unreached) {
    /// Where every zone is reached.
    public WatchStatus(boolean fresh, long listed, int doubt, boolean trusted) {
      this(fresh, listed, doubt, trusted, Set.of());
    }
  }

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

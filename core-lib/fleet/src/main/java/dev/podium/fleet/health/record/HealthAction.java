package dev.podium.fleet.health.record;

import dev.podium.fleet.event.FleetEvent.Level;

/// What the rules ask to be done about one VM.
public sealed interface HealthAction {
  /// Send a probe; its result comes back as [Observation.Probed], whatever happens.
  record SendProbe() implements HealthAction {}

  /// Ask the VM to drain.
  record SendDrain(String id, boolean force) implements HealthAction {}

  /// Take a drain back.
  record CancelDrain(String id) implements HealthAction {}

  /// Ask the fleet's rules for leave to end it. Repeated at every tick while it is wanted; nothing
  /// is remembered of a request that was not granted.
  record AskToEnd(End end, String reason) implements HealthAction {}

  /// A line for the activity list.
  record Tell(Level level, String sentence) implements HealthAction {}

  /// In which way, and why in principle, a VM would end.
  enum End {
    /// Nobody uses it: drain it.
    DRAIN_IDLE,
    /// Its own check of itself fails and nobody is on it: drain it.
    DRAIN_BROKEN,
    /// Some other console's drain was left half-done: drain it anew.
    DRAIN_ADOPTED,
    /// It is drained and empty: delete it.
    DELETE_DRAINED,
    /// It gives no sign of life: delete it.
    DELETE_DEAD,
    /// Nobody uses it, but it cannot be asked to drain: delete it.
    DELETE_DEAF,
    /// The cloud says that it is off: delete it.
    DELETE_STOPPED;

    /// Whether it is for the VM's health, so that throttle and breaker apply.
    public boolean forHealth() {
      return this == DELETE_DEAD || this == DELETE_DEAF || this == DRAIN_BROKEN;
    }

    /// Whether it starts with a drain.
    public boolean drains() {
      return this == DRAIN_IDLE || this == DRAIN_BROKEN || this == DRAIN_ADOPTED;
    }
  }
}

package dev.podium.fleet.model;

import dev.podium.wire.model.AccessProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A VM of the fleet as an operator sees it: what the cloud says, what Podium thinks, who is on it.
/// Immutable; every change is a new one, so that a row of the table holds exactly one.
///
/// @param idle how long no person has done anything on it, by the VM's own clock; none before the
///   first heartbeat
/// @param lastHeartbeat when the last one arrived, by the console's clock
/// @param costPerHour list price in US dollars, an estimate; 0 on the local cloud, and where it is
///   not known
/// @param priceKnown whether the price is known; what it is not known of is not free
/// @param access why Pub/Sub does not let it in, where only a person can mend that
public record FleetVm(
    Vm vm,
    Verdict verdict,
    Participants participants,
    Optional<Duration> idle,
    Optional<Instant> lastHeartbeat,
    double costPerHour,
    boolean priceKnown,
    Optional<AccessProblem> access) {
  /// A VM that is let in, as far as is known.
  public FleetVm(
      Vm vm,
      Verdict verdict,
      Participants participants,
      Optional<Duration> idle,
      Optional<Instant> lastHeartbeat,
      double costPerHour,
      boolean priceKnown) {
    this(vm, verdict, participants, idle, lastHeartbeat, costPerHour, priceKnown, Optional.empty());
  }

  /// A VM whose price is known.
  public FleetVm(
      Vm vm,
      Verdict verdict,
      Participants participants,
      Optional<Duration> idle,
      Optional<Instant> lastHeartbeat,
      double costPerHour) {
    this(vm, verdict, participants, idle, lastHeartbeat, costPerHour, true);
  }

  /// The VM's name.
  public VmName name() {
    return vm.name();
  }

  /// What Podium thinks of it.
  public Health health() {
    return verdict.health();
  }
}

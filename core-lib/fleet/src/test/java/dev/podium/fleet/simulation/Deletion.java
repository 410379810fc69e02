package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import java.util.Optional;

/// A console's request to delete a VM, with the truth at the moment when it was sent, and when the
/// VM was last asked. Nobody can call back a request that is on its way, or an answer.
///
/// @param console who ends it
/// @param silence how long that console had no sign of life of it; nanoseconds
/// @param knownInUse whether the last sign of it that the console had spoke of use; empty if it
///   never had one
/// @param used whether somebody used it, then and already when it was last probed
/// @param open whether people could come in, then and already when it was last probed
/// @param unused how long ago somebody did something on it, then or when it was last probed;
///   nanoseconds
/// @param pinned whether it was pinned
/// @param sinceWaking how long ago the console began or woke, or its clock jumped; nanoseconds
/// @param fleet the fleet as the console saw it, with what was gone since it last looked
record Deletion(
    SimConsole console,
    End end,
    String reason,
    long silence,
    Optional<Boolean> knownInUse,
    boolean used,
    boolean open,
    long unused,
    boolean pinned,
    long sinceWaking,
    Fleet fleet) {
  /// @param size all but those on their way out, and those that are off
  /// @param bad those in trouble
  record Fleet(int size, int bad) {}

  Deletion(SimConsole console, End end, String reason) {
    this(console, end, reason, 0, Optional.empty(), true, true, 0, false, 0, new Fleet(0, 0));
  }

  /// It is probed.
  Deletion probed(Simulation world, Vm vm) {
    return new Deletion(
        console,
        end,
        reason,
        silence,
        knownInUse,
        inUse(world, vm),
        open(world, vm),
        unused(world, vm),
        pinned,
        sinceWaking,
        fleet);
  }

  Deletion sent(Simulation world, Vm vm) {
    Optional<SimVm> truth = world.cloud.byId(vm);
    return new Deletion(
        console,
        end,
        reason,
        console.signs.since(vm.id()),
        console.signs.last(vm.id()).map(Signs.Sign::inUse),
        used && inUse(world, vm),
        open && open(world, vm),
        Math.max(unused, unused(world, vm)),
        truth.filter(one -> one.vm.pinned()).isPresent(),
        console.sinceWaking(),
        shown());
  }

  private Fleet shown() {
    int size = 0;
    int bad = 0;
    for (FleetVm one : console.events.fleet()) {
      size += stays(one.health()) ? 1 : 0;
      bad += trouble(one.health()) ? 1 : 0;
    }
    return new Fleet(size, bad);
  }

  private static boolean stays(Health health) {
    return health != Health.DELETING && health != Health.TERMINATED;
  }

  private static boolean trouble(Health health) {
    return switch (health) {
      case SUSPECT, UNREACHABLE, CONDEMNED, BROKEN -> true;
      case STARTING, HEALTHY, IDLE, DRAINING, DELETING, TERMINATED, UNKNOWN -> false;
    };
  }

  private static long unused(Simulation world, Vm vm) {
    long now = world.agenda.now();
    return now - world.cloud.byId(vm).map(one -> one.lastAct(now)).orElse(0L);
  }

  private static boolean open(Simulation world, Vm vm) {
    return world.cloud.byId(vm).filter(SimVm::open).isPresent();
  }

  private static boolean inUse(Simulation world, Vm vm) {
    return world
        .cloud
        .byId(vm)
        .filter(one -> one.used(world.agenda.now(), world.limits.use().window()))
        .isPresent();
  }
}

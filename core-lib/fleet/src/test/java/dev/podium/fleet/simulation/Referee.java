package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Knows the truth, and says when a promise is broken. It judges by what happened in the simulated
/// world and not by the rules' own words, with numbers of its own. Every end is weighed here; how
/// long VMs go on without need, and how many there are, is for [Overdue] and [Sizes].
final class Referee {
  /// How old a console's word may be that an agent obeys, with what a message takes.
  private static final Duration OBEYED = Duration.ofSeconds(140);

  private static final Duration HOLD_SEEN = Duration.ofMinutes(5);

  private final Simulation world;
  private final HealthLimits limits;
  private final Map<SimVm, Long> healthEnds = new HashMap<>();
  private final Overdue overdue;
  private final Sizes sizes;
  private long lastEnd = Long.MIN_VALUE / 2;
  private String lastEnded = "";
  private final Map<String, Long> asked = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Hearing hearing;
  private final Hidden hidden;
  final Tally tally = new Tally();

  Referee(Simulation world) {
    this.world = world;
    this.limits = world.limits;
    this.overdue = new Overdue(world, this);
    this.sizes = new Sizes(world, this);
    this.hearing = new Hearing(world, this);
    this.hidden = new Hidden(world, this);
    tally.seeds = 1;
  }

  /// A promise that was broken, to be thrown.
  Broken broken(String promise, String what) {
    return new Broken(
        world.seed,
        promise,
        what + " at " + Duration.ofNanos(world.agenda.now()).toSeconds() + " s");
  }

  void fault() {
    tally.faults++;
  }

  /// A console begins its waiting for dead VMs anew: it slept, or its clock jumped.
  void countsAnew(SimConsole console) {
    overdue.countsAnew(console);
  }

  /// A deletion failed: every console finds the VM again.
  void countsAnew(SimVm vm) {
    overdue.countsAnew(vm);
    healthEnds.remove(vm);
  }

  void seated(long waited) {
    tally.seated++;
    tally.longestWait = Math.max(tally.longestWait, waited);
  }

  void created(SimVm vm) {
    tally.created++;
    sizes.created(vm);
  }

  void gone(SimVm vm) {
    sizes.gone(vm);
    overdue.gone(vm);
  }

  void everyMinute() {
    tally.fleetMinutes++;
    tally.vmMinutes += world.cloud.all().size();
    overdue.look();
    hearing.look();
    hidden.look();
    sizes.look();
  }

  /// A console said something.
  void asked(Pulse pulse) {
    if (pulse instanceof Pulse.DrainRequest request) {
      asked.put(request.id(), world.agenda.now());
    } else if (pulse instanceof Pulse.RosterChanged) {
      tally.rosters++;
    }
  }

  /// An agent obeys a drain.
  void drains(SimVm vm, Pulse.DrainRequest request) {
    if (vm.vm.outdated() || world.isStolen(vm)) {
      return;
    }
    Long at = asked.get(request.id());
    boolean young = at != null && world.agenda.now() - at < OBEYED.toNanos();
    if (!young || cancelled.contains(vm.vm.id() + " " + request.id())) {
      throw broken(
          "no VM but the stolen one drains for what it says", vm.vm.name() + ", " + request);
    }
  }

  /// An agent hears that a drain is called off.
  void calledOff(SimVm vm, Pulse.DrainCancelled cancelled) {
    this.cancelled.add(vm.vm.id() + " " + cancelled.id());
  }

  /// An agent sends somebody there.
  void sentTo(String url) {
    tally.sent++;
    if (!world.cloud.gave(url)) {
      throw broken("nobody is sent off the roster", url);
    }
  }

  /// A console's deletion was accepted.
  void deleted(SimVm vm, Deletion by) {
    long now = world.agenda.now();
    String what =
        by.end() + " of " + world.named(vm) + " by " + by.console().name + ", " + by.reason();
    tally.kills.merge(by.end(), 1L, Long::sum);
    if (by.reason().startsWith("destroyed: replaced")) {
      tally.replaced++;
    }
    if (world.isStolen(vm) || excused(vm)) {
      // What becomes of it is the thief's doing. It counts for the pauses like any other.
      if (by.end() == End.DELETE_DEAD || by.end() == End.DELETE_DEAF) {
        forHealth(vm, by, now, what);
      }
      return;
    }
    if (!world.cloud.reached(vm.vm.zone())) {
      throw broken("nothing ends in a zone that is not reached", what);
    }
    if (by.reason().isBlank()) {
      throw broken("every end has a reason", what);
    }
    if (vm.used(now, limits.use().window())) {
      used(vm, by, what);
    }
    if (heldFor(vm, now)) {
      throw broken("no held VM is destroyed before its hold ends by the cloud's clock", what);
    }
    if (by.console().channels.probesCut && by.reason().contains("its page")) {
      throw broken("nothing ends because a console's way to it is blocked", what);
    }
    if (vm.vm.pinned() && by.pinned() && !vm.pinnedLate) {
      throw broken("no pinned VM is destroyed", what);
    }
    if (by.sinceWaking() < limits.observer().calm().toNanos()) {
      throw broken("nothing ends until a console that slept is calm", what);
    }
    boolean boots = !vm.booted && !vm.stillborn && vm.vm.state() == VmState.RUNNING;
    if (boots && !vm.operated && by.end() == End.DELETE_DRAINED) {
      throw broken("no VM but the stolen one ends for what it says", what + ", it boots");
    }
    switch (by.end()) {
      case DELETE_DEAD -> dead(vm, by, what);
      case DELETE_DRAINED -> {
        if (vm.open() && by.open()) {
          throw broken("a drained VM's door is closed", what);
        }
        unused(vm, by, what);
      }
      case DELETE_DEAF -> unused(vm, by, what);
      case DELETE_STOPPED -> stopped(vm, now, what);
      case DRAIN_IDLE, DRAIN_BROKEN, DRAIN_ADOPTED -> throw broken("a drain is no deletion", what);
    }
    if (by.end() == End.DELETE_DEAD || by.end() == End.DELETE_DEAF) {
      forHealth(vm, by, now, what);
    }
  }

  /// Who set about to destroy it before it was held may be past stopping, and clocks that are set
  /// right by answers are right to a second.
  private static boolean heldFor(SimVm vm, long now) {
    return now - vm.labelledAt > HOLD_SEEN.toNanos() && vm.labelledUntil - now > 5_000_000_000L;
  }

  /// What began after the VM was last asked is counted apart, as a race that was lost.
  private void used(SimVm vm, Deletion by, String what) {
    // Who drains a VM that is held means it.
    if (vm.operated && vm.people.isEmpty()) {
      return;
    }
    if (by.used()) {
      tally.falseKills++;
      throw broken("no VM in use is destroyed", what + " with " + vm.people.size() + " people");
    }
    tally.races++;
  }

  private void dead(SimVm vm, Deletion by, String what) {
    Duration least = vm.booted ? limits.silence().condemned() : limits.silence().boot();
    if (by.knownInUse().orElse(false)) {
      least = least.plus(limits.use().condemnedInUse());
    }
    if (by.silence() < least.toNanos()) {
      throw broken(
          "a VM is dead only after a long silence, the longer if it was in use",
          what + ", heard " + by.silence() / 1_000_000_000L + " s ago");
    }
    if (by.console().channels.deafFor()
        > limits.observer().canaryLimit().multipliedBy(2).toNanos()) {
      throw broken("a console that hears nothing ends nothing", what);
    }
  }

  /// What is drained was unused for the idle limit. The exceptions: it did not work, for all that a
  /// console could see, or somebody wanted it drained, or it signs nothing and was to be replaced.
  private void unused(SimVm vm, Deletion by, String what) {
    boolean idle = vm.alive() && by.unused() >= limits.use().idle().toNanos();
    boolean blind =
        world.consoles.stream().anyMatch(one -> one.channels.wasBlindSince(vm.createdAt));
    boolean excuse = vm.vm.outdated() || !vm.alive() || vm.wasUnwell || vm.operated || blind;
    if (!idle && !excuse) {
      throw broken(
          "a VM that works ends only when nobody used it for the idle limit",
          what + ", used " + by.unused() / 1_000_000_000L + " s before");
    }
  }

  /// In the name of a VM that signs nothing anybody may speak, as ever.
  private boolean excused(SimVm vm) {
    return vm.vm.outdated() && world.thief.isPresent();
  }

  private void stopped(SimVm vm, long now, String what) {
    boolean off = vm.vm.state() == VmState.TERMINATED;
    if (!off || now - vm.stoppedAt < limits.silence().stopped().toNanos()) {
      throw broken(
          "only what has been off for long is removed for it", what + ", " + vm.vm.state());
    }
  }

  private void forHealth(SimVm vm, Deletion by, long now, String what) {
    if (now - lastEnd < limits.ends().every().toNanos()) {
      throw broken(
          "health deletions are throttled across consoles",
          what + ", " + (now - lastEnd) / 1_000_000_000L + " s after " + lastEnded);
    }
    lastEnd = now;
    lastEnded = what;
    healthEnds.put(vm, now);
    healthEnds.values().removeIf(at -> now - at > limits.ends().window().toNanos());
    int most = Math.max(1, (int) (limits.ends().share() * (by.fleet().size() + healthEnds.size())));
    if (healthEnds.size() > most) {
      throw broken("a share of the fleet at most ends for its health", what);
    }
    Deletion.Fleet fleet = by.fleet();
    if (fleet.bad() >= limits.ends().breakerCount()
        && fleet.bad() >= limits.ends().breakerShare() * fleet.size()) {
      throw broken("nothing ends for its health while most of the fleet is bad", what);
    }
  }
}

package dev.podium.core.simulation;

import dev.podium.core.health.Action.End;
import dev.podium.core.health.HealthLimits;
import dev.podium.core.health.VmRecord;
import dev.podium.core.model.Health;
import dev.podium.core.model.VmState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Knows the truth, and says when a promise is broken. It judges by what happened in the simulated
/// world and not by the rules' own words, with numbers of its own.
final class Referee {
  private final Simulation world;
  private final HealthLimits limits;
  private final Map<String, Set<SimVm>> slots = new HashMap<>();
  private final Deque<Long> healthEnds = new ArrayDeque<>();
  private final Map<SimVm, Useless> useless = new HashMap<>();
  private String lastEnd = "";
  final Tally tally = new Tally();

  /// How long a VM has been of no use, in minutes that count.
  ///
  /// @param silent whether it is dead or hangs; else nobody uses it, which has another limit
  private record Useless(boolean silent, long minutes) {}

  /// A promise was broken. Its message holds the seed.
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;
    final String promise;

    Broken(long seed, String promise, String what) {
      super("seed " + seed + ": " + promise + ": " + what);
      this.promise = promise;
    }
  }

  Referee(Simulation world) {
    this.world = world;
    this.limits = world.limits;
  }

  private void broken(String promise, String what) {
    throw new Broken(
        world.seed,
        promise,
        what + " at " + Duration.ofNanos(world.agenda.now()).toSeconds() + " s");
  }

  void fault() {
    tally.faults++;
  }

  /// A console begins its waiting for dead VMs anew: it slept, or a deletion failed.
  void countsAnew() {
    useless.keySet().removeIf(vm -> !vm.alive());
  }

  void seated(long waited) {
    tally.seated++;
    tally.longestWait = Math.max(tally.longestWait, waited);
  }

  void created(SimVm vm) {
    tally.created++;
    SimCloud.slot(vm.vm)
        .ifPresent(
            slot -> {
              Set<SimVm> there = slots.computeIfAbsent(slot, _ -> new HashSet<>());
              there.add(vm);
              if (there.size() > 1) {
                broken("no two machines for one slot", slot);
              }
            });
  }

  void gone(SimVm vm) {
    SimCloud.slot(vm.vm).ifPresent(slot -> slots.getOrDefault(slot, new HashSet<>()).remove(vm));
    useless.remove(vm);
  }

  /// A console's deletion was accepted.
  void deleted(SimVm vm, SimCloud.Deletion by) {
    long now = world.agenda.now();
    String what = by.end() + " of " + vm.vm.name() + " by " + by.console().name;
    tally.kills.merge(by.end(), 1, Integer::sum);
    if (by.reason().isBlank()) {
      broken("every end has a reason", what);
    }
    if (vm.used(now, limits.use().window())) {
      used(vm, by, what);
    }
    if (vm.vm.pinned() && by.pinned()) {
      broken("no pinned VM is destroyed", what);
    }
    if (by.console().sinceWaking() < limits.observer().calm().toNanos()) {
      broken("nothing ends until a console that slept is calm", what);
    }
    switch (by.end()) {
      case DELETE_DEAD -> dead(vm, by, what);
      case DELETE_DRAINED -> {
        if (vm.alive() && !vm.draining()) {
          broken("a drained VM's door is closed", what);
        }
      }
      case DELETE_DEAF, DELETE_STOPPED, DRAIN_IDLE, DRAIN_BROKEN, DRAIN_ADOPTED -> {}
    }
    if (by.end() == End.DELETE_DEAD || by.end() == End.DELETE_DEAF) {
      forHealth(by, now, what);
    }
  }

  /// Nobody can call back a request that is on its way: what began after it was sent is counted
  /// apart, as a race that was lost.
  private void used(SimVm vm, SimCloud.Deletion by, String what) {
    if (by.used()) {
      tally.falseKills++;
      broken("no VM in use is destroyed", what + " with " + vm.people.size() + " people");
    }
    tally.races++;
  }

  private void dead(SimVm vm, SimCloud.Deletion by, String what) {
    long least = (vm.booted ? limits.silence().condemned() : limits.silence().boot()).toNanos();
    if (by.silence() < least) {
      broken(
          "a VM is dead only after a long silence",
          what + ", " + by.reason() + ", heard " + by.silence() / 1_000_000_000L + " s ago");
    }
    if (by.console().deafFor() > limits.observer().canaryLimit().multipliedBy(2).toNanos()) {
      broken("a console that hears nothing ends nothing", what);
    }
  }

  private void forHealth(SimCloud.Deletion by, long now, String what) {
    if (!healthEnds.isEmpty() && now - healthEnds.getLast() < limits.ends().every().toNanos()) {
      broken(
          "health deletions are throttled across consoles",
          what + ", " + (now - healthEnds.getLast()) / 1_000_000_000L + " s after " + lastEnd);
    }
    healthEnds.addLast(now);
    lastEnd = what;
    while (now - healthEnds.getFirst() > limits.ends().window().toNanos()) {
      healthEnds.removeFirst();
    }
    int size = 0;
    int bad = 0;
    for (SimVm one : world.cloud.all()) {
      Optional<VmRecord> record = by.console().watch.record(one.vm.id());
      if (record.isPresent()) {
        Health health = record.get().health();
        boolean trouble =
            health == Health.SUSPECT
                || health == Health.UNREACHABLE
                || health == Health.CONDEMNED
                || health == Health.BROKEN;
        boolean leaving = health == Health.DELETING || health == Health.TERMINATED;
        size += leaving ? 0 : 1;
        bad += trouble ? 1 : 0;
      }
    }
    int most = Math.max(1, (int) (limits.ends().share() * (size + healthEnds.size())));
    // Consoles that slept through the others' deletions cannot count them.
    if (world.faults.consoles() == 1 && healthEnds.size() > most) {
      broken("a share of the fleet at most ends for its health", what);
    }
    if (bad >= limits.ends().breakerCount() + 1 && bad > limits.ends().breakerShare() * size + 1) {
      broken("nothing ends for its health while most of the fleet is bad", what);
    }
  }

  /// Once a minute: how long each VM has been of no use, counted only while a console that was well
  /// could have seen it and nothing that is promised held it back.
  void look() {
    long now = world.agenda.now();
    boolean able = false;
    for (SimConsole console : world.consoles) {
      able |= console.well();
    }
    tally.fleetMinutes++;
    for (SimVm vm : world.cloud.all()) {
      tally.vmMinutes++;
      if (vm.deleting || vm.vm.pinned() || useful(vm, now)) {
        useless.remove(vm);
        continue;
      }
      if (able && !excused(vm)) {
        boolean silent = !vm.alive();
        Useless before = useless.getOrDefault(vm, new Useless(silent, 0));
        long minutes = before.silent() == silent ? before.minutes() + 1 : 1;
        useless.put(vm, new Useless(silent, minutes));
        if (silent) {
          tally.worstDead = Math.max(tally.worstDead, minutes);
        } else {
          tally.worstUnused = Math.max(tally.worstUnused, minutes);
        }
        if (minutes > most(vm).toMinutes()) {
          broken("nothing useless outlives its limit", vm.vm.name() + ", " + state(vm));
        }
      }
    }
  }

  private boolean useful(SimVm vm, long now) {
    if (vm.vm.state() != VmState.RUNNING) {
      return vm.vm.state() == VmState.PROVISIONING;
    }
    if (!vm.booted && !vm.stillborn) {
      return true;
    }
    if (vm.dead || vm.hangs > 0) {
      return false;
    }
    // What comes and goes may be useful again before anybody can tell.
    return vm.cuts > 0 || vm.unseen > 0 || vm.used(now, limits.use().window());
  }

  /// Held back for a reason that is itself a promise, by a console that is well.
  private boolean excused(SimVm vm) {
    for (SimConsole console : world.consoles) {
      Optional<VmRecord> record = console.watch.record(vm.vm.id());
      if (console.well() && record.filter(Referee::held).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean held(VmRecord record) {
    return record.verdict().reason().contains("not ended: ");
  }

  private String state(SimVm vm) {
    StringBuilder words = new StringBuilder();
    for (SimConsole console : world.consoles) {
      console
          .watch
          .record(vm.vm.id())
          .ifPresent(
              one ->
                  words
                      .append(one.health())
                      .append(" \"")
                      .append(one.verdict().reason())
                      .append("\" "));
    }
    return words
        + (vm.dead ? "dead" : vm.hangs > 0 ? "hung" : "unused")
        + (vm.deaf ? ", deaf" : "");
  }

  private Duration most(SimVm vm) {
    Duration slack = Duration.ofMinutes(40);
    if (vm.vm.state() != VmState.RUNNING) {
      return limits.silence().stopped().plus(slack);
    }
    if (!vm.booted) {
      // A console that only found it does not know that nobody was ever on it.
      Duration silent = limits.silence().boot().plus(limits.silence().condemned());
      return silent.plus(limits.use().condemnedInUse()).plus(slack);
    }
    return vm.dead || vm.hangs > 0
        ? limits.use().condemnedInUse().plus(limits.silence().condemned()).plus(slack)
        : limits
            .use()
            .window()
            .plus(limits.use().idle())
            .plus(limits.use().minimumAge())
            .plus(slack);
  }

  /// What happened, in numbers.
  static final class Tally {
    long fleetMinutes;
    long vmMinutes;
    long faults;
    long created;
    long seated;
    long falseKills;
    long races;
    long longestWait;
    long worstDead;
    long worstUnused;
    final Map<End, Integer> kills = new EnumMap<>(End.class);

    void add(Tally other) {
      fleetMinutes += other.fleetMinutes;
      vmMinutes += other.vmMinutes;
      faults += other.faults;
      created += other.created;
      seated += other.seated;
      falseKills += other.falseKills;
      races += other.races;
      longestWait = Math.max(longestWait, other.longestWait);
      worstDead = Math.max(worstDead, other.worstDead);
      worstUnused = Math.max(worstUnused, other.worstUnused);
      other.kills.forEach((end, count) -> kills.merge(end, count, Integer::sum));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d VM-hours in %,d fleet-hours, %,d faults injected, %,d VMs created, %,d waits for a seat"
              + " (longest %d s); kills %s, of them in use %d, in use only since the request was sent %d;"
              + " worst age of a dead VM %d min, of an unused one %d min",
          vmMinutes / 60,
          fleetMinutes / 60,
          faults,
          created,
          seated,
          longestWait / 1_000_000_000L,
          kills,
          falseKills,
          races,
          worstDead,
          worstUnused);
    }
  }
}

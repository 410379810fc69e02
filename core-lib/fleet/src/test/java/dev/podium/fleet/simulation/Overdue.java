package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.VmState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Looks once a minute for VMs that are of no use and ought to be gone. A minute counts for a
/// console if that console was well and nothing that is promised held it back.
final class Overdue {
  /// What a console may take over and above its limits: pauses, refusals and failing calls.
  private static final Duration SLACK = Duration.ofMinutes(40);

  /// How long the pauses between deletions may hold one back, one after the other.
  private static final Duration HELD = Duration.ofHours(4);

  private final Simulation world;
  private final Referee referee;
  private final HealthLimits limits;
  private final Map<SimVm, Useless> useless = new HashMap<>();

  /// How long a VM has been of no use, in minutes that count.
  private static final class Useless {
    final boolean silent;
    final Map<SimConsole, Long> minutes = new HashMap<>();
    final Map<SimConsole, Long> held = new HashMap<>();

    /// @param silent whether it is dead or hangs; else nobody uses it, which has another limit
    Useless(boolean silent) {
      this.silent = silent;
    }

    void anew(SimConsole console) {
      minutes.remove(console);
      held.remove(console);
    }
  }

  Overdue(Simulation world, Referee referee) {
    this.world = world;
    this.referee = referee;
    this.limits = world.limits;
  }

  void countsAnew(SimConsole console) {
    useless.values().stream().filter(one -> one.silent).forEach(one -> one.anew(console));
  }

  void countsAnew(SimVm vm) {
    useless.remove(vm);
  }

  void gone(SimVm vm) {
    useless.remove(vm);
  }

  void look() {
    long now = world.agenda.now();
    for (SimVm vm : world.cloud.all()) {
      boolean hidden = !world.cloud.reached(vm.vm.zone());
      if (vm.deleting || vm.vm.pinned() || hidden || useful(vm, now)) {
        useless.remove(vm);
        continue;
      }
      boolean silent = !vm.alive();
      Useless so = useless.get(vm);
      if (so == null || so.silent != silent) {
        so = new Useless(silent);
        useless.put(vm, so);
      }
      for (SimConsole console : world.consoles) {
        if (console.well() && judgesRightly(console, vm)) {
          count(vm, so, console);
        }
      }
    }
  }

  /// What signs but has not shown its key may be in use, for all that a console knows. In the name
  /// of one that signs nothing a thief may speak. And a console of the release before does not
  /// reach agents that go by signatures.
  private boolean judgesRightly(SimConsole console, SimVm vm) {
    if (console.older) {
      return false;
    }
    return vm.vm.outdated()
        ? world.thief.isEmpty()
        : !world.isStolen(vm) && ((!vm.booted && world.thief.isEmpty()) || console.knowsKeyOf(vm));
  }

  private void count(SimVm vm, Useless so, SimConsole console) {
    String reason =
        console.watch.record(vm.vm.id()).map(VmRecord::verdict).map(it -> it.reason()).orElse("");
    if (reason.contains("not ended: ")) {
      // What the policy keeps stays; and while most of the fleet is in trouble, nothing ends until
      // the operator says so.
      boolean paused =
          !reason.contains("the fleet keeps") && !reason.contains("in trouble at once");
      if (paused && so.held.merge(console, 1L, Long::sum) > HELD.toMinutes()) {
        throw referee.broken("no pause holds for ever", vm.vm.name() + ", " + state(vm));
      }
      return;
    }
    long minutes = so.minutes.merge(console, 1L, Long::sum);
    Tally tally = referee.tally;
    if (so.silent) {
      tally.worstDead = Math.max(tally.worstDead, minutes);
    } else {
      tally.worstUnused = Math.max(tally.worstUnused, minutes);
    }
    if (minutes > most(vm).toMinutes()) {
      throw referee.broken("nothing useless outlives its limit", vm.vm.name() + ", " + state(vm));
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

  private String state(SimVm vm) {
    StringBuilder words = new StringBuilder();
    for (SimConsole console : world.consoles) {
      Optional<VmRecord> record = console.watch.record(vm.vm.id());
      record.ifPresent(one -> words.append(one.health() + " \"" + one.verdict().reason() + "\" "));
    }
    return words
        + (vm.dead ? "dead" : vm.hangs > 0 ? "hung" : "unused")
        + (vm.deaf ? ", deaf" : "");
  }

  private Duration most(SimVm vm) {
    if (vm.vm.state() != VmState.RUNNING) {
      return limits.silence().stopped().plus(SLACK);
    }
    if (!vm.booted) {
      // A console that only found it does not know that nobody was ever on it.
      Duration silent = limits.silence().boot().plus(limits.silence().condemned());
      return silent.plus(limits.use().condemnedInUse()).plus(SLACK);
    }
    return vm.dead || vm.hangs > 0
        ? limits.use().condemnedInUse().plus(limits.silence().condemned()).plus(SLACK)
        : limits
            .use()
            .window()
            .plus(limits.use().idle())
            .plus(limits.use().minimumAge())
            .plus(SLACK);
  }
}

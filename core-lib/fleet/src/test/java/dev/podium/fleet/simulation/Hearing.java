package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Looks once a minute whether consoles that are well hear VMs that are well: nobody else may keep
/// them from it.
final class Hearing {
  /// How many minutes in a row all must be well before a VM counts as muted.
  private static final int MINUTES = 4;

  private static final Duration SILENT = Duration.ofSeconds(90);

  private final Simulation world;
  private final Referee referee;
  private final Map<String, Integer> well = new HashMap<>();

  Hearing(Simulation world, Referee referee) {
    this.world = world;
    this.referee = referee;
  }

  void look() {
    for (SimConsole console : world.consoles) {
      judgesHearsay(console);
      for (SimVm vm : world.cloud.all()) {
        String pair = console.name + " " + vm.vm.id();
        if (!bothWell(console, vm)) {
          well.remove(pair);
        } else if (well.merge(pair, 1, Integer::sum) > MINUTES && !heard(console, vm)) {
          throw referee.broken(
              "no VM but the stolen one is muted for what it says",
              world.named(vm) + " to " + console.name);
        }
      }
    }
  }

  /// Whoever hears nobody cannot know that a VM is well.
  private void judgesHearsay(SimConsole console) {
    HealthLimits limits = world.limits;
    Duration late =
        limits
            .observer()
            .canaryLimit()
            .plus(limits.observer().canary())
            .plus(limits.silence().suspect())
            .plus(limits.watching().tick().multipliedBy(3));
    if (console.asleep() || console.ended() || console.channels.deafFor() < late.toNanos()) {
      return;
    }
    long now = console.moment().nanos();
    for (SimVm vm : world.cloud.all()) {
      boolean calledWell =
          console
              .watch
              .record(vm.vm.id())
              .filter(record -> record.health().welcomes())
              .filter(record -> now - record.lastBeat() > late.toNanos())
              .isPresent();
      if (calledWell && console.sinceWaking() > late.toNanos()) {
        throw referee.broken(
            "nobody is called healthy by a console that hears nothing",
            world.named(vm) + " by " + console.name);
      }
    }
  }

  private boolean bothWell(SimConsole console, SimVm vm) {
    boolean speaks = vm.alive() && vm.cuts == 0 && !vm.deaf && !vm.deleting;
    boolean judged = !console.older && !vm.vm.outdated() && !world.isStolen(vm);
    // A console that began meanwhile does not know of what it cannot list.
    return speaks
        && judged
        && world.cloud.reached(vm.vm.zone())
        && console.well()
        && console.sinceWaking() > Duration.ofMinutes(MINUTES).toNanos();
  }

  private boolean heard(SimConsole console, SimVm vm) {
    long now = console.moment().nanos();
    return console
        .watch
        .record(vm.vm.id())
        .map(VmRecord::heartbeats)
        .filter(beats -> beats.last().isPresent() && now - beats.at() < SILENT.toNanos())
        .isPresent();
  }
}

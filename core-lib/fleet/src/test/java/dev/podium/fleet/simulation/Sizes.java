package dev.podium.fleet.simulation;

import dev.podium.fleet.model.VmState;
import dev.podium.fleet.policy.ScalingPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Counts VMs and money: one machine for a slot, however many consoles there are, and never more of
/// either than the policy allows.
final class Sizes {
  /// What a fleet in which nothing goes wrong needs to come to its minimum.
  private static final Duration SET_UP = Duration.ofMinutes(15);

  /// US dollars for a VM that only its run limit ends.
  private static final double TO_ITS_LIMIT =
      Simulation.PRICE * (double) Simulation.RUN_LIMIT.toHours();

  private static final long GREED = 200;

  /// VMs that may be drained or replaced at the moment.
  private static final int SOME = 3;

  private final Simulation world;
  private final Referee referee;
  private final Map<String, Set<SimVm>> slots = new HashMap<>();
  private final Map<SimVm, Long> running = new HashMap<>();
  private double ended;

  Sizes(Simulation world, Referee referee) {
    this.world = world;
    this.referee = referee;
  }

  void created(SimVm vm) {
    running.put(vm, world.agenda.now());
    SimCloud.slot(vm.vm).ifPresent(slot -> alone(vm, slot));
    // Each console counts what it has seen, and asks before the others' VMs show, or its own of
    // which no answer came; a deletion that fails brings back what was already replaced.
    boolean certain = world.faults.lostAnswers() == 0 && world.faults.failedDeletions() == 0;
    boolean asked = !vm.vm.outdated();
    if (world.faults.consoles() == 1 && certain && asked) {
      within(world.policy);
    }
  }

  private void alone(SimVm vm, String slot) {
    Set<SimVm> there = slots.computeIfAbsent(slot, _ -> new HashSet<>());
    there.add(vm);
    if (there.size() > 1) {
      referee.tally.doubles++;
      throw referee.broken("no two machines for one slot", slot);
    }
  }

  private void within(ScalingPolicy policy) {
    long count = world.cloud.all().stream().filter(Sizes::costs).count();
    if (count > policy.maximum()) {
      throw referee.broken(
          "never more VMs than the policy allows", count + " of " + policy.maximum() + " VMs");
    }
    double hourly = count * Simulation.PRICE;
    if (policy.hourlyBudget() > 0 && hourly > policy.hourlyBudget() + 1e-9) {
      throw referee.broken("the hourly budget holds", hourly + " of " + policy.hourlyBudget());
    }
    // What was spent is reckoned by the console's clock, since it began.
    boolean reckoned = world.faults.jumps() == 0 && world.faults.crashes() == 0;
    if (policy.totalBudget() > 0 && reckoned) {
      double whole = ended;
      for (Map.Entry<SimVm, Long> one : running.entrySet()) {
        whole += costs(one.getKey()) ? TO_ITS_LIMIT : until(world.agenda.now(), one.getValue());
      }
      if (whole > policy.totalBudget() + 0.01) {
        throw referee.broken("the total budget holds", whole + " of " + policy.totalBudget());
      }
    }
  }

  private static boolean costs(SimVm vm) {
    return !vm.deleting && vm.vm.state() != VmState.TERMINATED;
  }

  private static double until(long now, long since) {
    return Simulation.PRICE * (double) (now - since) / 3_600e9;
  }

  void gone(SimVm vm) {
    SimCloud.slot(vm.vm).ifPresent(slot -> slots.getOrDefault(slot, new HashSet<>()).remove(vm));
    Long since = running.remove(vm);
    if (since != null) {
      ended += until(world.agenda.now(), since);
    }
  }

  /// Once a minute, where nothing goes wrong: the fleet is never below its minimum. The run limit
  /// takes VMs away at their time, so only the first of them are looked at.
  void look() {
    grown();
    long now = world.agenda.now();
    boolean settled = now > SET_UP.toNanos() && now < Simulation.RUN_LIMIT.toNanos();
    if (!settled || !world.faults.isNone() || unaffordable()) {
      return;
    }
    long working = world.cloud.all().stream().filter(vm -> vm.alive() && !vm.draining()).count();
    if (working < world.policy.minimum()) {
      throw referee.broken(
          "the fleet is never below its minimum", working + " of " + world.policy.minimum());
    }
  }

  /// Where nothing else goes wrong: a stolen VM makes the fleet grow by 200 seats at most.
  private void grown() {
    if (!world.faults.roomy() || world.faults.stillborn() > 0 || world.faults.consoles() > 1) {
      return;
    }
    long seats = world.cloud.all().stream().filter(Sizes::costs).count() * Simulation.SEATS;
    long needed = (long) world.people.most() + world.policy.spare();
    long least = (long) (world.policy.minimum() + SOME) * Simulation.SEATS;
    if (seats > needed + least + GREED) {
      throw referee.broken(
          "a stolen VM makes the fleet grow by 200 seats at most",
          seats + " seats for " + needed + " people and spare seats");
    }
  }

  private boolean unaffordable() {
    return world.policy.hourlyBudget() > 0 || world.policy.totalBudget() > 0;
  }
}

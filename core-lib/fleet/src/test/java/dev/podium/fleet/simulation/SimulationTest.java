package dev.podium.fleet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Runs the production's rules through as many simulated days as asked: `./mvnw -Psimulate verify
/// -Dseeds=N -Dhours=H [-Dfirst=S]`.
class SimulationTest {
  private static final long FIRST = Long.getLong("first", 1);
  private static final long SEEDS = Long.getLong("seeds", 1_200);
  private static final long HOURS = Long.getLong("hours", 1);
  private static final Duration THREE_HOURS = Duration.ofHours(3);
  private static final long PROGRESS = 1_000;

  @Test
  void no_promise_is_broken_from_any_seed() throws InterruptedException, ExecutionException {
    int cores = Runtime.getRuntime().availableProcessors();
    AtomicLong next = new AtomicLong(FIRST);
    Tally all = new Tally();
    List<Broken> broken = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> parts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
      for (int i = 0; i < cores; i++) {
        parts.add(pool.submit(() -> run(next, all, broken)));
      }
    }
    for (Future<?> part : parts) {
      part.get();
    }
    System.out.println(all);
    assertThat(broken).isEmpty();
  }

  /// Goes on after a broken promise: a long run should tell of each, and count what led to it.
  private static void run(AtomicLong next, Tally all, List<Broken> broken) {
    for (long seed = next.getAndIncrement(); seed < FIRST + SEEDS; seed = next.getAndIncrement()) {
      Simulation simulation = new Simulation(seed, null, new Mutation());
      try {
        simulation.run(Duration.ofHours(HOURS));
      } catch (Broken promise) {
        System.out.println(promise.getMessage());
        broken.add(promise);
      }
      synchronized (all) {
        all.add(simulation.referee.tally);
        if (all.seeds % PROGRESS == 0) {
          System.out.println(all);
        }
      }
    }
  }

  @Test
  void the_same_seed_is_the_same_run() {
    assertThat(once(7)).isEqualTo(once(7)).isNotEqualTo(once(8));
  }

  private static String once(long seed) {
    return new Simulation(seed, null, new Mutation()).run(Duration.ofHours(2)).tally.toString();
  }

  @Test
  void one_stolen_vm_is_one_stolen_vm() {
    Tally all = new Tally();
    for (long seed = 1; seed <= 20; seed++) {
      all.add(new Simulation(seed, Faults.theft(), new Mutation()).run(Duration.ofHours(2)).tally);
    }
    assertThat(all.stolen).isPositive();
    assertThat(all.sent).isPositive();
    assertThat(all.falseKills).isZero();
  }

  @Test
  void a_stolen_vm_makes_the_fleet_grow_by_a_bounded_number_of_seats() {
    Tally all = new Tally();
    for (long seed = 1; seed <= 5; seed++) {
      all.add(new Simulation(seed, Faults.greed(), new Mutation()).run(Duration.ofHours(2)).tally);
    }
    assertThat(all.stolen).isPositive();
    // It does get that far, or the bound would not be shown.
    assertThat(all.created).isGreaterThan(50);
  }

  @Test
  void vms_that_sign_nothing_are_replaced_when_they_are_empty() {
    Tally all = new Tally();
    for (long seed = 1; seed <= 20; seed++) {
      Simulation run = new Simulation(seed, Faults.halfUpgraded(), new Mutation());
      Tally tally = run.run(Duration.ofHours(3)).tally;
      all.add(tally);
      // Some VMs boot for longer than the demo's limits allow.
      if (!run.demo) {
        assertThat(tally.kills).doesNotContainKeys(End.DELETE_DEAD, End.DELETE_DEAF);
      }
      if (run.policy.hourlyBudget() == 0 && run.policy.totalBudget() == 0) {
        assertThat(run.cloud.all()).as("seed " + seed).noneMatch(vm -> isLeft(run, vm));
      }
    }
    assertThat(all.replaced).isPositive();
  }

  /// Whether it signs nothing, and nobody has used it for long.
  private static boolean isLeft(Simulation run, SimVm vm) {
    Duration unused = vm.unusedFor(run.agenda.now());
    return vm.vm.outdated()
        && !vm.vm.pinned()
        && vm.people.isEmpty()
        && unused.compareTo(run.limits.use().idle()) > 0;
  }

  @Test
  void where_no_probe_gets_through_no_vm_ends_for_its_health() {
    assertThat(unharmed(Faults.cutProbes(), End.DELETE_DEAF).created).isPositive();
  }

  @Test
  void clocks_that_are_hours_off_and_deleted_topics_break_no_promise() {
    assertThat(unharmed(Faults.skewedClocks(), End.DELETE_DEAF).created).isPositive();
    // A drain that nobody heard may go unanswered, and what nobody uses ends all the same.
    assertThat(unharmed(Faults.deletedTopics(), End.DELETE_DEAD).faults)
        .as("topics deleted")
        .isPositive();
  }

  @Test
  void a_zone_that_is_not_reached_costs_no_vm_and_no_name_and_stops_nothing_elsewhere() {
    Tally all = unharmed(Faults.zoneOutages(), End.DELETE_DEAF);
    assertThat(all.faults).as("outages").isPositive();
    assertThat(all.created).isPositive();
    for (long seed = 1; seed <= 60; seed++) {
      Faults drawn = DrawnFaults.draw(new Random(seed)).withOutages(2);
      new Simulation(seed, drawn, new Mutation()).run(Duration.ofHours(2));
    }
  }

  /// Runs some in which nothing else goes wrong. At the demo's limits some VMs boot for too long.
  private static Tally unharmed(Faults faults, End never) {
    Tally all = new Tally();
    for (long seed = 1; seed <= 10; seed++) {
      Simulation run = new Simulation(seed, faults, new Mutation());
      Tally tally = run.run(THREE_HOURS).tally;
      if (!run.demo) {
        assertThat(tally.kills).doesNotContainKeys(End.DELETE_DEAD, never);
      }
      all.add(tally);
    }
    return all;
  }

  @Test
  void where_nothing_goes_wrong_nothing_ends_for_its_health() {
    Tally tally = new Simulation(20, Faults.none(), new Mutation()).run(Duration.ofHours(6)).tally;
    assertThat(tally.kills).doesNotContainKeys(End.DELETE_DEAD, End.DELETE_DEAF);
    assertThat(tally.created).isPositive();
  }
}

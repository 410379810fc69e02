package dev.podium.fleet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
  private static final long SEEDS = Long.getLong("seeds", 2_000);
  private static final long HOURS = Long.getLong("hours", 1);
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
  void where_nothing_goes_wrong_nothing_ends_for_its_health() {
    Tally tally = new Simulation(20, Faults.none(), new Mutation()).run(Duration.ofHours(6)).tally;
    assertThat(tally.kills).doesNotContainKeys(End.DELETE_DEAD, End.DELETE_DEAF);
    assertThat(tally.created).isPositive();
  }
}

package dev.podium.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.health.Action.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
  private static final long SEEDS = Long.getLong("seeds", 250);
  private static final long HOURS = Long.getLong("hours", 3);

  @Test
  void no_promise_is_broken_from_any_seed() throws InterruptedException, ExecutionException {
    int cores = Runtime.getRuntime().availableProcessors();
    AtomicLong next = new AtomicLong(FIRST);
    Referee.Tally all = new Referee.Tally();
    List<Future<Referee.Tally>> parts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
      Callable<Referee.Tally> part = () -> run(next);
      for (int i = 0; i < cores; i++) {
        parts.add(pool.submit(part));
      }
    }
    for (Future<Referee.Tally> part : parts) {
      all.add(part.get());
    }
    System.out.println(SEEDS + " seeds: " + all);
    assertThat(all.falseKills).isZero();
  }

  private static Referee.Tally run(AtomicLong next) {
    Referee.Tally tally = new Referee.Tally();
    for (long seed = next.getAndIncrement(); seed < FIRST + SEEDS; seed = next.getAndIncrement()) {
      tally.add(new Simulation(seed, null, new Mutation()).run(Duration.ofHours(HOURS)).tally);
    }
    return tally;
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
    Referee.Tally tally =
        new Simulation(20, Faults.none(), new Mutation()).run(Duration.ofHours(6)).tally;
    assertThat(tally.kills).doesNotContainKeys(End.DELETE_DEAD, End.DELETE_DEAF);
    assertThat(tally.created).isPositive();
  }
}

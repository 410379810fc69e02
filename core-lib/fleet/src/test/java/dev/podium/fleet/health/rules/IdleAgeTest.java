package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How old a VM must be before it is drained because nobody uses it.
class IdleAgeTest {
  private final HealthTable table =
      new HealthTable(HealthLimits.standard().withIdle(Duration.ofMinutes(5)));
  private final ClockReading start = table.now();

  private void heardUntil(Duration age) {
    while (table.now().since(start.nanos()) < age.toNanos()) {
      table.pass(Duration.ofSeconds(5));
      // By its own clock, which began when it had booted, it is younger than by the console's.
      table.idleSeconds =
          Math.max(1, Duration.ofNanos(table.now().since(start.nanos())).toSeconds() - 30);
      table.beat();
    }
  }

  @Test
  void a_vm_that_is_idle_for_its_limit_is_not_drained_before_the_minimum_age() {
    table.ready();
    heardUntil(Duration.ofMinutes(6));
    assertThat(table.tick().ends()).isEmpty();
    heardUntil(Duration.ofMinutes(15).minusSeconds(5));
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.health()).isEqualTo(IDLE);
    heardUntil(Duration.ofMinutes(15));
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_vm_that_is_old_enough_is_not_drained_before_the_idle_limit() {
    table.ready();
    heardUntil(Duration.ofMinutes(20));
    table.idleSeconds = 299;
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds = 300;
    assertThat(table.beat().tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_vm_that_says_that_nobody_was_there_for_the_minimum_age_is_at_least_that_old() {
    table.idle().idleSeconds = 899;
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds = 900;
    assertThat(table.beat().tick().ends()).containsExactly(End.DRAIN_IDLE);
  }
}

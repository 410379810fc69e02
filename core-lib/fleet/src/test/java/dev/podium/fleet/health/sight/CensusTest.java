package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static Census of(HealthTable table) {
    return Census.of(List.of(table.vm), table.limits, table.now());
  }

  @Test
  void only_a_vm_that_fell_silent_of_late_makes_the_console_doubt_its_own_ears() {
    HealthTable table = HealthTable.standard().ready().silent(Duration.ofSeconds(179));
    assertThat(of(table).silent()).isEqualTo(1);
    table.silent(Duration.ofSeconds(1));
    assertThat(of(table).silent()).isZero();
    assertThat(of(table).expected()).isZero();
    assertThat(of(table).bad()).isEqualTo(1);
  }

  @Test
  void a_vm_that_another_console_drains_does_not_count_as_working() {
    HealthTable table = HealthTable.standard().ready();
    assertThat(of(table).working()).isEqualTo(1);
    table.draining = true;
    assertThat(of(table.beat()).working()).isZero();
  }
}

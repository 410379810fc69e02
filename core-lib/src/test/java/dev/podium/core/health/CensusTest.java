package dev.podium.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static Census of(Table table) {
    return Census.of(List.of(table.vm), table.limits, table.now());
  }

  @Test
  void only_a_vm_that_fell_silent_of_late_makes_the_console_doubt_its_own_ears() {
    Table table = Table.standard().ready().silent(Duration.ofSeconds(179));
    assertThat(of(table).silent()).isEqualTo(1);
    table.silent(Duration.ofSeconds(1));
    assertThat(of(table).silent()).isZero();
    assertThat(of(table).expected()).isZero();
    assertThat(of(table).bad()).isEqualTo(1);
  }

  @Test
  void a_vm_that_another_console_drains_does_not_count_as_working() {
    Table table = Table.standard().ready();
    assertThat(of(table).working()).isEqualTo(1);
    table.draining = true;
    assertThat(of(table.beat()).working()).isZero();
  }
}

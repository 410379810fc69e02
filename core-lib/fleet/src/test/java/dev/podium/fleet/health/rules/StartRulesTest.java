package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.STARTING;
import static dev.podium.fleet.model.Health.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartRulesTest {
  private final HealthTable table = HealthTable.standard();

  /// Each second the monitor ticks, and each probe is answered well.
  private void answering(Duration span) {
    for (long second = 0; second < span.toSeconds(); second++) {
      table.pass(Duration.ofSeconds(1)).tick();
      if (table.vm.probes().inFlight()) {
        table.good();
      }
    }
  }

  @Test
  void a_new_vm_whose_page_answers_but_whose_heartbeat_never_comes_is_suspect_and_not_condemned() {
    answering(Duration.ofSeconds(599));
    assertThat(table.health()).isEqualTo(STARTING);
    answering(Duration.ofSeconds(1));
    assertThat(table.health()).isEqualTo(SUSPECT);
    answering(Duration.ofMinutes(20));
    assertThat(table.health()).as("its page still answers").isEqualTo(SUSPECT);
  }
}

package dev.podium.fleet.health.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.record.HealthAction.SendProbe;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A VM whose own check fails is asked why, and the operator reads it.
class FailingChecksTest {
  private final HealthTable table = HealthTable.standard();

  @Test
  void it_is_probed_and_its_answer_stands_in_the_verdict() {
    table.withPeople(2).beats(3);
    table.failing = List.of("bus");
    table.actions.clear();
    table.beat();
    assertThat(table.actions).contains(new SendProbe());
    table.see(
        new Observation.Probed(
            new HealthProbe.Result.Answered(
                false, "b1", "broken", 2, 0, Map.of("bus", "nothing came back for 30 s"))));
    for (int minute = 0; minute < 6; minute++) {
      table.pass(Duration.ofMinutes(1)).beat();
    }
    assertThat(table.health()).isEqualTo(Health.BROKEN);
    assertThat(table.reason())
        .startsWith("broken: its own check fails: bus (nothing came back for 30 s)");
  }

  @Test
  void one_that_is_well_is_not_probed() {
    table.withPeople(2).beats(3);
    table.actions.clear();
    table.beats(20);
    assertThat(table.actions).doesNotContain(new SendProbe());
  }
}

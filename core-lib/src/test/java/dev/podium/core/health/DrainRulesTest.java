package dev.podium.core.health;

import static dev.podium.core.model.Health.DRAINING;
import static dev.podium.core.model.Health.HEALTHY;
import static dev.podium.core.model.Health.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Action.End;
import dev.podium.core.model.Labels;
import dev.podium.core.model.VmState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainRulesTest {
  @Test
  void a_vm_that_never_hears_that_its_drain_was_called_off_is_drained_once_nobody_keeps_it() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beat();
    table.see(new Observation.Listed(Table.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
    table.beats(40);
    assertThat(table.vm.drain()).as("a pin keeps it").isPresent();
    table.cloudSays(VmState.RUNNING).beat();
    assertThat(table.health()).isEqualTo(DRAINING);
    assertThat(table.vm.drain()).isEmpty();
    table.beats(24);
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_ADOPTED);
  }

  @Test
  void a_drain_that_was_called_off_a_moment_ago_is_not_taken_up_again() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beats(60);
    table.see(new Observation.Listed(Table.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
    table.cloudSays(VmState.RUNNING).beats(35);
    assertThat(table.vm.drain()).as("it may still hear of it").isPresent();
    table.draining = false;
    table.beats(2);
    assertThat(table.vm.drain()).isEmpty();
    assertThat(table.health()).isIn(HEALTHY, IDLE);
  }
}

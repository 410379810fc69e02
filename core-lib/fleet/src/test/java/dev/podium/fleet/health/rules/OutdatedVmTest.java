package dev.podium.fleet.health.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.VmBuilder;
import org.junit.jupiter.api.Test;

/// A VM of a release whose VMs signed nothing.
class OutdatedVmTest {
  private final HealthTable table = HealthTable.standard();

  private HealthTable outdated() {
    return table.see(new Observation.Listed(VmBuilder.like(table.vm.vm()).outdated().build()));
  }

  @Test
  void it_asks_for_its_end_as_soon_as_nobody_uses_it() {
    outdated().idle().pass(table.limits.watching().heartbeat()).tick();
    assertThat(table.ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void one_that_signs_waits_for_the_idle_limit() {
    table.idle().pass(table.limits.watching().heartbeat()).tick();
    assertThat(table.ends()).isEmpty();
  }

  @Test
  void it_stays_while_somebody_uses_it() {
    outdated().withPeople(2).beats(100).tick();
    assertThat(table.ends()).isEmpty();
    assertThat(table.reason()).isEqualTo("kept: 2 people");
  }
}

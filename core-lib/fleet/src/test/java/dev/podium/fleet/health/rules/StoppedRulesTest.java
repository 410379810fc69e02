package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.DELETING;
import static dev.podium.fleet.model.Health.HEALTHY;
import static dev.podium.fleet.model.Health.STARTING;
import static dev.podium.fleet.model.Health.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Machines that the cloud stops or deletes, and ends that do not come to pass.
class StoppedRulesTest {
  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void a_stopped_vm_is_reaped_after_ten_minutes() {
    HealthTable table = HealthTable.standard().ready().cloudSays(VmState.TERMINATED);
    assertThat(table.pass(seconds(599)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_STOPPED);
  }

  @Test
  void a_vm_that_was_suspended_and_resumed_is_heard_again() {
    HealthTable table = HealthTable.standard().withPeople(1);
    Observation.Beat old = table.again();
    table.cloudSays(VmState.SUSPENDED).cloudSays(VmState.RUNNING).pass(seconds(1));
    table.see(old);
    assertThat(table.health()).isEqualTo(STARTING);
    assertThat(table.beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_straggler_from_before_the_machine_was_off_is_no_sign() {
    HealthTable table = HealthTable.standard().ready();
    Observation.Beat old = table.again();
    table.cloudSays(VmState.TERMINATED).cloudSays(VmState.RUNNING).pass(seconds(1));
    table.boot = "b2";
    VmRecord fresh = table.beat().vm;
    assertThat(table.see(old).vm.heartbeats()).isEqualTo(fresh.heartbeats());
  }

  @Test
  void a_vm_that_stops_under_a_claim_ends_for_what_it_is_claimed_for() {
    for (boolean health : List.of(true, false)) {
      HealthTable table = HealthTable.standard().idle();
      VmRecord before = table.vm;
      String claim = new Claim("other", "1", health).label();
      Vm stopping = HealthTable.machine(VmState.STOPPING, Map.of(Labels.CLAIM, claim));
      VmRecord after = table.see(new Observation.Listed(stopping)).vm;
      assertThat(HealthRules.leaves(before, after)).isEqualTo(health);
    }
  }

  @Test
  void a_pinned_vm_that_is_stopped_may_have_been_ended_before_the_pin_took_its_claim_off() {
    HealthTable table = HealthTable.standard().idle();
    VmRecord before = table.vm;
    Vm stopping = HealthTable.machine(VmState.STOPPING, Map.of());
    Vm pinned = HealthTable.machine(VmState.STOPPING, Map.of(Labels.PIN, "true"));
    assertThat(HealthRules.leaves(before, table.see(new Observation.Listed(pinned)).vm)).isTrue();
    VmRecord known = table.vm;
    assertThat(HealthRules.leaves(known, table.see(new Observation.Tick()).vm))
        .as("once")
        .isFalse();
    table.vm = before;
    assertThat(HealthRules.leaves(before, table.see(new Observation.Listed(stopping)).vm))
        .as("the cloud takes spot machines away as well")
        .isFalse();
  }

  @Test
  void a_deletion_that_the_cloud_took_and_did_not_do_is_not_the_last_word() {
    HealthTable table = HealthTable.standard().withPeople(1).see(new Observation.EndAccepted("x"));
    assertThat(table.pass(seconds(599)).tick().health()).isEqualTo(DELETING);
    assertThat(table.pass(seconds(1)).tick().health()).isEqualTo(UNKNOWN);
    assertThat(table.pass(seconds(1)).beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_deletion_that_is_under_way_takes_the_time_it_takes() {
    HealthTable table = HealthTable.standard().ready().see(new Observation.EndAccepted("x"));
    table.cloudSays(VmState.STOPPING);
    assertThat(table.pass(seconds(3_600)).tick().health()).isEqualTo(DELETING);
  }

  @Test
  void a_failed_deletion_starts_the_judgement_afresh() {
    HealthTable table = HealthTable.standard().ready().see(new Observation.EndAccepted("x"));
    table.see(new Observation.EndFailed("the zone is down"));
    assertThat(table.health()).isEqualTo(UNKNOWN);
    assertThat(table.pass(seconds(5)).beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_refused_end_is_not_asked_for_again_at_once() {
    HealthTable table = HealthTable.standard().ready().silent(seconds(180));
    table.see(new Observation.EndPermitted());
    assertThat(table.tick().ends()).isEmpty();
    table.see(new Observation.EndRefused("it answered its probe"));
    assertThat(table.tick().ends()).isEmpty();
    table.silent(seconds(121));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }
}

package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.CONDEMNED;
import static dev.podium.fleet.model.Health.HEALTHY;
import static dev.podium.fleet.model.Health.SUSPECT;
import static dev.podium.fleet.model.Health.UNKNOWN;
import static dev.podium.fleet.model.Health.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// VMs that fall silent: from late to dead, and who must agree to their end.
class SilenceRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void a_dead_vm_that_nobody_used_asks_for_its_end_with_its_reason() {
    HealthTable table = HealthTable.standard();
    table.idleSeconds = 540;
    table.ready().silent(seconds(180)).tick();
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
    assertThat(table.actions)
        .contains(
            new HealthAction.AskToEnd(
                End.DELETE_DEAD,
                "destroyed: nobody for 12 min, no answer on two channels for 3 min"));
  }

  @Test
  void a_dead_vm_that_people_used_waits_an_hour_for_the_operator() {
    HealthTable table = HealthTable.standard().withPeople(3);
    table.silent(seconds(180));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    table.silent(seconds(3_598));
    assertThat(table.tick().ends()).isEmpty();
    table.silent(seconds(5));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_condemned_vm_with_one_sign_does_not_ask_for_its_end() {
    HealthTable table = HealthTable.standard().ready().silent(seconds(180)).good();
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.health()).isEqualTo(CONDEMNED);
  }

  @Test
  void with_demo_limits_a_killed_agent_is_red_in_seconds_and_condemned_in_time() {
    HealthTable table = new HealthTable(HealthLimits.demo()).withPeople(1);
    assertThat(table.silent(seconds(3)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(2)).health()).isEqualTo(UNREACHABLE);
    assertThat(table.silent(seconds(8)).health()).isEqualTo(CONDEMNED);
    assertThat(table.silent(seconds(6)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void people_whom_only_the_probe_saw_keep_a_dead_vm_for_the_operator() {
    HealthTable table = HealthTable.standard().idle().pass(seconds(60)).tick();
    table.people = 5;
    table.good().silent(seconds(200));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.silent(seconds(3_600)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void people_who_had_left_by_the_probes_newer_word_do_not() {
    HealthTable table = HealthTable.standard().withPeople(3).pass(seconds(60)).tick();
    table.people = 0;
    assertThat(table.good().silent(seconds(200)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_vm_that_was_there_before_the_console_and_is_never_heard_waits_for_the_operator() {
    HealthTable table = HealthTable.standard();
    table.vm =
        table.rules.found(HealthTable.machine(VmState.RUNNING, Map.of()), false, table.now());
    table.silent(seconds(660));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.reason()).contains("not known whether anybody is on it");
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.silent(seconds(3_600)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void what_waited_while_the_console_slept_tells_who_was_on_a_vm_and_proves_no_life() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.Slept("this computer slept for 40 min"));
    table.people = 3;
    table.oldBeat();
    assertThat(table.health()).isEqualTo(UNKNOWN);
    table.silent(MINUTE.multipliedBy(4));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.tick().ends()).as("the operator decides for an hour").isEmpty();
    table.silent(MINUTE.multipliedBy(60));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_deletion_that_failed_does_not_give_the_operator_another_hour() {
    HealthTable table = HealthTable.standard().withPeople(2).silent(MINUTE.multipliedBy(64));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
    table.see(new Observation.EndPermitted());
    table.see(new Observation.EndAccepted("x"));
    table.see(new Observation.EndFailed("backendError"));
    table.silent(MINUTE.multipliedBy(2));
    assertThat(table.tick().ends()).isEmpty();
    table.silent(MINUTE.multipliedBy(2));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_sign_of_life_gives_the_operator_the_hour_again() {
    HealthTable table = HealthTable.standard().withPeople(2).silent(MINUTE.multipliedBy(64));
    table.see(new Observation.EndPermitted());
    table.see(new Observation.EndRefused("it answered its probe"));
    table.beats(3);
    assertThat(table.health()).isEqualTo(HEALTHY);
    table.silent(MINUTE.multipliedBy(10));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.tick().ends()).isEmpty();
  }

  @Test
  void one_sign_of_life_begins_the_silence_of_a_condemned_vm_anew() {
    HealthTable table = HealthTable.standard().idle().silent(Duration.ofMinutes(4));
    assertThat(table.health()).isEqualTo(Health.CONDEMNED);
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
    table.good().failedProbe();
    assertThat(table.pass(Duration.ofSeconds(1)).tick().ends()).isEmpty();
    table.silent(Duration.ofMinutes(3));
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_suspect_whose_probe_fails_too_is_not_said_to_answer_it() {
    HealthTable table = HealthTable.standard().ready().silent(seconds(25)).good();
    assertThat(table.reason()).contains("it answers its probe");
    assertThat(table.silent(seconds(11)).reason()).contains("no answer to its probe");
  }

  @Test
  void a_vm_of_which_only_the_probe_is_heard_ends_when_it_says_nobody_for_the_idle_limit() {
    HealthTable table = HealthTable.standard().ready().silent(seconds(30));
    table.idleSeconds = 1_799;
    assertThat(table.good().tick().ends()).isEmpty();
    table.idleSeconds = 1_800;
    assertThat(table.good().tick().ends()).containsExactly(End.DELETE_DEAF);
    assertThat(table.rules.deaf(table.vm, table.now())).isTrue();
    table.people = 1;
    assertThat(table.good().tick().ends()).as("a tab that was left open").isNotEmpty();
    table.idleSeconds = 1_799;
    assertThat(table.good().tick().ends()).isEmpty();
    assertThat(table.rules.deaf(table.vm, table.now())).isFalse();
  }
}

package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.DELETING;
import static dev.podium.fleet.model.Health.DRAINING;
import static dev.podium.fleet.model.Health.HEALTHY;
import static dev.podium.fleet.model.Health.IDLE;
import static dev.podium.fleet.model.Health.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.CancelDrain;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthAction.SendDrain;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void a_vm_that_never_hears_that_its_drain_was_called_off_is_drained_once_nobody_keeps_it() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beat();
    table.see(
        new Observation.Listed(HealthTable.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
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
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beats(60);
    table.see(
        new Observation.Listed(HealthTable.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
    table.cloudSays(VmState.RUNNING).beats(35);
    assertThat(table.vm.drain()).as("it may still hear of it").isPresent();
    table.draining = false;
    table.beats(2);
    assertThat(table.vm.drain()).isEmpty();
    assertThat(table.health()).isIn(HEALTHY, IDLE);
  }

  @Test
  void an_idle_vm_asks_to_be_drained_only_after_the_idle_limit() {
    HealthTable table = HealthTable.standard().idle();
    table.idleSeconds = 1_799;
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds = 1_800;
    assertThat(table.beat().tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_drain_is_a_conversation_and_the_end_comes_only_when_it_is_empty() {
    HealthTable table = HealthTable.standard().idle();
    table.idleSeconds = 2_000;
    table.beat().actions.clear();
    table.see(new Observation.DrainPermitted("d-1", false, "nobody for 33 min"));
    assertThat(table.actions).contains(new SendDrain("d-1", false));
    assertThat(table.health()).isEqualTo(IDLE);
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    assertThat(table.health()).isEqualTo(DRAINING);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DRAINED);
    table
        .see(new Observation.EndPermitted())
        .see(new Observation.EndAccepted("destroyed: nobody for 33 min"));
    assertThat(table.health()).isEqualTo(DELETING);
    assertThat(table.reason()).isEqualTo("destroyed: nobody for 33 min");
  }

  private static HealthTable drained() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    return table.beat();
  }

  @Test
  void a_drained_vm_whose_agent_was_started_anew_since_is_not_deleted() {
    HealthTable table = drained().pass(seconds(1)).good();
    assertThat(table.changedMind(End.DELETE_DRAINED)).isEmpty();
    table.boot = "b2";
    assertThat(table.pass(seconds(5)).good().changedMind(End.DELETE_DRAINED)).isPresent();
    table.draining = false;
    assertThat(table.beats(4).vm.drain()).isEmpty();
  }

  @Test
  void a_drained_vm_that_does_not_answer_its_probe_is_deleted_only_on_the_word_of_a_heartbeat() {
    HealthTable table = drained().failedProbe();
    assertThat(table.changedMind(End.DELETE_DRAINED)).isEmpty();
    table.pass(table.limits.silence().late().minusMillis(1));
    assertThat(table.changedMind(End.DELETE_DRAINED)).isEmpty();
    assertThat(table.pass(Duration.ofMillis(1)).changedMind(End.DELETE_DRAINED)).isPresent();
    assertThat(table.beat().changedMind(End.DELETE_DRAINED)).isEmpty();
  }

  @Test
  void a_drain_with_people_waits_for_them_to_be_moved() {
    HealthTable table = HealthTable.standard().withPeople(2);
    table.see(new Observation.DrainPermitted("d-1", true, "drained by the operator"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 2)));
    table.draining = true;
    assertThat(table.beat().tick().ends()).isEmpty();
    assertThat(table.reason()).contains("2 people to move on");
    table.people = 0;
    assertThat(table.beat().tick().ends()).containsExactly(End.DELETE_DRAINED);
  }

  @Test
  void a_drain_that_was_not_answered_before_the_console_slept_does_not_end_what_was_used_since() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.pass(Duration.ofMinutes(48)).see(new Observation.Slept("slept"));
    assertThat(table.actions).contains(new CancelDrain("d-1"));
    table.idleSeconds = 240;
    table.beats(36);
    assertThat(table.vm.drain()).isEmpty();
    assertThat(table.tick().ends()).isEmpty();
  }

  @Test
  void a_drain_that_a_person_asked_for_outlives_a_sleep_and_its_time_begins_anew() {
    HealthTable table = HealthTable.standard().ready();
    table.see(new Observation.DrainPermitted("d-1", true, "x"));
    table.pass(Duration.ofMinutes(48)).see(new Observation.Slept("slept"));
    table.beats(3);
    assertThat(table.vm.drain()).isPresent();
    assertThat(table.tick().ends()).isEmpty();
  }

  @Test
  void an_answer_to_another_drain_is_ignored() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-2", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    assertThat(table.health()).isEqualTo(IDLE);
  }

  @Test
  void a_refused_drain_is_no_error_and_is_not_tried_again_at_once() {
    HealthTable table = HealthTable.standard().idle();
    table.idleSeconds = 2_000;
    table.beat().see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", false, 1)));
    assertThat(table.vm.drain()).isEmpty();
    table.beats(6);
    assertThat(table.tick().ends()).isEmpty();
    table.pass(MINUTE.multipliedBy(2)).beat();
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void each_reason_of_a_refusal_is_told_once_however_often_it_is_given() {
    HealthTable table = HealthTable.standard().idle();
    table.idleSeconds = 2_000;
    table.beat();
    refuses(table, 1);
    refuses(table, 1);
    refuses(table, 1);
    assertThat(tellings(table))
        .containsExactly("kept: it refused its drain, because 1 person uses it");
    assertThat(table.reason())
        .endsWith("not ended: it refused its drain, because 1 person uses it");
    refuses(table, 0);
    assertThat(tellings(table)).last().asString().contains("a person holds it");
    assertThat(tellings(table)).hasSize(2);
  }

  private static void refuses(HealthTable table, int people) {
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", false, people)));
    table.pass(MINUTE.multipliedBy(2)).beat();
  }

  private static List<String> tellings(HealthTable table) {
    return table.actions.stream()
        .filter(HealthAction.Tell.class::isInstance)
        .map(told -> ((HealthAction.Tell) told).sentence())
        .toList();
  }

  @Test
  void a_join_takes_back_a_drain_that_was_not_answered() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.people = 1;
    table.beat();
    assertThat(table.actions).contains(new CancelDrain("d-1"));
    assertThat(table.health()).isEqualTo(HEALTHY);
    assertThat(table.reason()).isEqualTo("kept: 1 person");
  }

  @Test
  void whoever_came_and_went_unseen_takes_back_a_drain_that_was_not_answered() {
    HealthTable table = HealthTable.standard().idle();
    table.idleSeconds = 2_000;
    table.beat().see(new Observation.DrainPermitted("d-1", false, "x"));
    table.pass(MINUTE);
    table.idleSeconds = 2_060;
    table.beat();
    assertThat(table.vm.drain()).isPresent();
    table.pass(MINUTE);
    table.idleSeconds = 30;
    table.actions.clear();
    table.beat();
    assertThat(table.actions).contains(new CancelDrain("d-1"));
    assertThat(table.vm.drain()).isEmpty();
    assertThat(table.health()).isEqualTo(IDLE);
  }

  @Test
  void an_unanswered_drain_is_sent_again_with_the_same_id() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.actions.clear();
    table.idleBeats(1);
    assertThat(table.actions).isEmpty();
    table.idleBeats(1);
    assertThat(table.actions).containsExactly(new SendDrain("d-1", false));
  }

  @Test
  void a_draining_vm_that_falls_silent_is_suspect_and_resumes_draining() {
    HealthTable table = HealthTable.standard().withPeople(1);
    table.see(new Observation.DrainPermitted("d-1", true, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 1)));
    table.draining = true;
    table.beat().silent(seconds(20));
    assertThat(table.health()).isEqualTo(SUSPECT);
    assertThat(table.beat().health()).isEqualTo(DRAINING);
  }

  @Test
  void a_vm_that_takes_people_again_is_not_draining() {
    HealthTable table = HealthTable.standard().withPeople(1);
    table.see(new Observation.DrainPermitted("d-1", true, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 1)));
    table.beats(2);
    assertThat(table.health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_pin_calls_a_drain_off_until_the_vm_takes_people_again() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beat().actions.clear();
    table.see(
        new Observation.Listed(HealthTable.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
    assertThat(table.actions).contains(new CancelDrain("d-1"));
    table.actions.clear();
    table.beats(2);
    assertThat(table.actions).containsExactly(new CancelDrain("d-1"));
    assertThat(table.tick().ends()).isEmpty();
    table.draining = false;
    table.beats(2);
    assertThat(table.vm.drain()).isEmpty();
    assertThat(table.health()).isIn(HEALTHY, IDLE);
  }

  @Test
  void an_unused_vm_that_does_not_answer_its_drain_ends_without_one() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.idleBeats(35);
    assertThat(table.tick().ends()).isEmpty();
    table.idleBeats(1);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAF);
    assertThat(table.rules.deaf(table.vm, table.now())).isTrue();
    table.people = 1;
    table.idleSeconds = 1_799;
    table.beat();
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.rules.deaf(table.vm, table.now())).isFalse();
  }

  @Test
  void a_tab_that_was_left_open_does_not_keep_a_vm_that_cannot_be_drained() {
    HealthTable table = HealthTable.standard().withPeople(1);
    table.idleSeconds = 1_800;
    table.beats(5);
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.beats(36);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAF);
    assertThat(table.actions.toString()).contains("nobody active for 30 min");
  }

  @Test
  void a_broken_vm_that_does_not_answer_its_drain_ends_without_one() {
    HealthTable table = HealthTable.standard().ready();
    table.failing = List.of("bus");
    table.beats(62);
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_BROKEN);
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.beats(36);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAF);
  }

  @Test
  void an_idle_vm_says_for_how_long_in_coarse_steps_and_still_what_holds_its_end_back() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.EndHeld("the fleet keeps at least 2"));
    table.idleSeconds = 44;
    VmRecord once = table.beat().vm;
    assertThat(table.reason())
        .isEqualTo("idle: nobody for 40 s; not ended: the fleet keeps at least 2");
    table.idleSeconds = 49;
    assertThat(table.beat().vm.verdict()).isSameAs(once.verdict());
  }

  @Test
  void a_broken_vms_drain_does_not_repeat_what_held_it_back() {
    HealthTable table = HealthTable.standard().ready();
    table.failing = List.of("bus");
    table.beats(66).see(new Observation.EndHeld("too soon"));
    table.tick();
    assertThat(table.actions)
        .contains(new HealthAction.AskToEnd(End.DRAIN_BROKEN, "broken: its own check fails: bus"));
  }
}

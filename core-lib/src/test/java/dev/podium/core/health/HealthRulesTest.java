package dev.podium.core.health;

import static dev.podium.core.model.Health.BROKEN;
import static dev.podium.core.model.Health.CONDEMNED;
import static dev.podium.core.model.Health.DELETING;
import static dev.podium.core.model.Health.DRAINING;
import static dev.podium.core.model.Health.HEALTHY;
import static dev.podium.core.model.Health.IDLE;
import static dev.podium.core.model.Health.STARTING;
import static dev.podium.core.model.Health.SUSPECT;
import static dev.podium.core.model.Health.TERMINATED;
import static dev.podium.core.model.Health.UNKNOWN;
import static dev.podium.core.model.Health.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Action.CancelDrain;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.Action.SendDrain;
import dev.podium.core.health.Action.SendProbe;
import dev.podium.core.model.Evidence;
import dev.podium.core.model.Health;
import dev.podium.core.model.Labels;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Arguments row(String name, Health expected, Consumer<Table> story) {
    return Arguments.of(name, expected, story);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        row("a new VM", STARTING, t -> {}),
        row("a heartbeat alone does not make it ready", STARTING, Table::beat),
        row("a good probe alone does not make it ready", STARTING, Table::good),
        row("a heartbeat and a good probe do", HEALTHY, Table::ready),
        row(
            "an agent that still catches up is not ready",
            STARTING,
            t -> {
              t.ready = false;
              t.ready();
            }),
        row(
            "people on it know better than the probe",
            HEALTHY,
            t -> {
              t.people = 1;
              t.beat();
            }),
        row("nothing for 9 min 59 s of booting", STARTING, t -> t.silent(seconds(599))),
        row("nothing for 10 min of booting", CONDEMNED, t -> t.silent(seconds(600))),
        row(
            "a page that never answers while heartbeats come",
            BROKEN,
            t -> {
              for (int i = 0; i < 125; i++) {
                t.pass(seconds(5)).beat().failedProbe();
              }
            }),
        row(
            "a page that was asked before the agent was up has not failed",
            STARTING,
            t -> t.silent(seconds(599)).pass(seconds(2)).beat().failedProbe().failedProbe()),
        row(
            "a page that fails three times after that has",
            BROKEN,
            t ->
                t.silent(seconds(599))
                    .pass(seconds(2))
                    .beat()
                    .failedProbe()
                    .failedProbe()
                    .failedProbe()),
        row(
            "a page that fails while the agent starts again and again has failed",
            BROKEN,
            t -> {
              for (int start = 0; start < 60; start++) {
                t.boot = "b" + start;
                t.pass(seconds(11)).beat().failedProbe();
              }
            }),
        row("4 heartbeats with nobody", HEALTHY, t -> t.ready().beats(3)),
        row("5 heartbeats with nobody", IDLE, t -> t.ready().beats(4)),
        row(
            "a join ends idleness",
            HEALTHY,
            t -> {
              t.idle();
              t.people = 1;
              t.beat();
            }),
        row(
            "a hold is use",
            HEALTHY,
            t -> {
              t.idleSeconds = 0;
              t.ready().beats(10);
            }),
        row(
            "a tab forgotten for half an hour is not use",
            IDLE,
            t -> {
              t.people = 1;
              t.idleSeconds = 1_800;
              t.ready().beats(5);
            }),
        row(
            "a person who read for 29 min is there",
            HEALTHY,
            t -> {
              t.people = 1;
              t.idleSeconds = 1_799;
              t.ready().beats(5);
            }),
        row("silent for 19 s", HEALTHY, t -> t.ready().silent(seconds(19))),
        row("silent for 20 s", SUSPECT, t -> t.ready().silent(seconds(20))),
        row(
            "one heartbeat brings a suspect back",
            HEALTHY,
            t -> t.ready().silent(seconds(30)).beat()),
        row("an idle suspect comes back idle", IDLE, t -> t.idle().silent(seconds(30)).beat()),
        row(
            "a probe answered keeps a suspect from getting worse",
            SUSPECT,
            t -> {
              t.ready();
              for (int i = 0; i < 40; i++) {
                t.pass(seconds(10)).tick().good();
              }
            }),
        row("silent for 59 s", SUSPECT, t -> t.ready().silent(seconds(59))),
        row(
            "silent for 60 s with 3 failed probes",
            UNREACHABLE,
            t -> t.ready().silent(seconds(60))),
        row(
            "silent for 90 s with 2 failed probes only",
            SUSPECT,
            t -> {
              t.ready().pass(seconds(90)).tick().failedProbe();
              t.pass(seconds(10)).tick().failedProbe();
            }),
        row(
            "one sign is not enough for an unreachable VM",
            UNREACHABLE,
            t -> t.ready().silent(seconds(70)).beat()),
        row(
            "two signs in a row are",
            HEALTHY,
            t -> t.ready().silent(seconds(70)).beat().pass(seconds(5)).beat()),
        row(
            "two signs with a failure between are not",
            UNREACHABLE,
            t -> t.ready().silent(seconds(70)).good().failedProbe().good()),
        row("silent on both channels for 3 min", CONDEMNED, t -> t.ready().silent(seconds(180))),
        row(
            "the same while the cloud mends the machine",
            UNREACHABLE,
            t -> {
              t.ready().silent(seconds(100));
              t.cloudSays(VmState.REPAIRING).silent(seconds(200));
            }),
        row(
            "two signs save a condemned VM",
            HEALTHY,
            t -> t.ready().silent(seconds(200)).beat().pass(seconds(5)).beat()),
        row(
            "a failing self-check for 4 min 55 s",
            HEALTHY,
            t -> {
              t.people = 1;
              t.ready();
              t.failing = List.of("pubsub");
              t.beats(60);
            }),
        row(
            "a failing self-check for 5 min",
            BROKEN,
            t -> {
              t.people = 1;
              t.ready();
              t.failing = List.of("pubsub");
              t.beats(61);
            }),
        row(
            "a good self-check heals",
            HEALTHY,
            t -> {
              t.people = 1;
              t.ready();
              t.failing = List.of("pubsub");
              t.beats(61);
              t.failing = List.of();
              t.beat();
            }),
        row("the cloud stopped it", TERMINATED, t -> t.ready().cloudSays(VmState.TERMINATED)),
        row(
            "the cloud started it again",
            STARTING,
            t -> t.ready().cloudSays(VmState.TERMINATED).cloudSays(VmState.RUNNING)),
        row(
            "another console is deleting it",
            DELETING,
            t ->
                t.ready()
                    .see(
                        new Observation.Listed(
                            Table.machine(VmState.STOPPING, Map.of(Labels.CLAIM, "other"))))),
        row("the console slept", UNKNOWN, t -> t.ready().see(new Observation.Slept("slept"))),
        row(
            "a heartbeat after the sleep",
            HEALTHY,
            t -> t.ready().see(new Observation.Slept("slept")).pass(seconds(5)).beat()),
        row(
            "silence after the sleep counts from the sleep",
            UNKNOWN,
            t -> t.ready().see(new Observation.Slept("slept")).silent(seconds(19))),
        row(
            "and then makes it suspect",
            SUSPECT,
            t -> t.ready().see(new Observation.Slept("slept")).silent(seconds(20))),
        row(
            "a boot that was slept through starts again",
            STARTING,
            t -> t.silent(seconds(599)).see(new Observation.Slept("slept")).silent(seconds(60))),
        row(
            "what the cloud deletes stays so through a sleep",
            DELETING,
            t ->
                t.ready()
                    .see(new Observation.EndAccepted("x"))
                    .see(new Observation.Slept("slept"))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("states")
  void states_follow_the_table(String name, Health expected, Consumer<Table> story) {
    Table table = Table.standard();
    story.accept(table);
    assertThat(table.health()).as(table.reason()).isEqualTo(expected);
  }

  @Test
  void every_timeout_is_stretched_by_the_doubt() {
    Table table = Table.standard().ready();
    table.doubt = 8;
    assertThat(table.silent(seconds(179)).health()).isEqualTo(HEALTHY);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(359)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(UNREACHABLE);
  }

  @Test
  void a_heartbeat_delivered_twice_is_one_sign() {
    Table table = Table.standard().ready();
    Pulse.Heartbeat last = table.vm.heart().last().orElseThrow();
    table.silent(seconds(70)).see(new Observation.Beat(last)).see(new Observation.Beat(last));
    assertThat(table.health()).isEqualTo(UNREACHABLE);
  }

  @Test
  void a_straggler_of_the_boot_before_is_no_sign() {
    Table table = Table.standard().ready();
    Pulse.Heartbeat old = table.vm.heart().last().orElseThrow();
    table.boot = "b2";
    table.beat().silent(seconds(30)).see(new Observation.Beat(old));
    assertThat(table.health()).isEqualTo(SUSPECT);
  }

  @Test
  void a_healthy_vm_is_not_probed_and_a_late_one_every_ten_seconds() {
    Table table = Table.standard().ready();
    assertThat(table.pass(seconds(11)).tick().actions).isEmpty();
    assertThat(table.pass(seconds(1)).tick().actions).containsExactly(new SendProbe());
    table.failedProbe();
    assertThat(table.pass(seconds(9)).tick().actions).doesNotContain(new SendProbe());
    assertThat(table.pass(seconds(1)).tick().actions).contains(new SendProbe());
  }

  @Test
  void an_idle_vm_asks_to_be_drained_only_after_the_idle_limit() {
    Table table = Table.standard().idle();
    table.idleSeconds = 1_799;
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds = 1_800;
    assertThat(table.beat().tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_drain_is_a_conversation_and_the_end_comes_only_when_it_is_empty() {
    Table table = Table.standard().idle();
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

  @Test
  void a_drain_with_people_waits_for_them_to_be_moved() {
    Table table = Table.standard().withPeople(2);
    table.see(new Observation.DrainPermitted("d-1", true, "drained by the operator"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 2)));
    table.draining = true;
    assertThat(table.beat().tick().ends()).isEmpty();
    assertThat(table.reason()).contains("2 people to move on");
    table.people = 0;
    assertThat(table.beat().tick().ends()).containsExactly(End.DELETE_DRAINED);
  }

  @Test
  void an_answer_to_another_drain_is_ignored() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-2", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    assertThat(table.health()).isEqualTo(IDLE);
  }

  @Test
  void a_refused_drain_is_no_error_and_is_not_tried_again_at_once() {
    Table table = Table.standard().idle();
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
  void a_join_takes_back_a_drain_that_was_not_answered() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.people = 1;
    table.beat();
    assertThat(table.actions).contains(new CancelDrain("d-1"));
    assertThat(table.health()).isEqualTo(HEALTHY);
    assertThat(table.reason()).isEqualTo("kept: 1 person");
  }

  @Test
  void an_unanswered_drain_is_sent_again_with_the_same_id() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.actions.clear();
    table.beats(1);
    assertThat(table.actions).isEmpty();
    table.beats(1);
    assertThat(table.actions).containsExactly(new SendDrain("d-1", false));
  }

  @Test
  void a_draining_vm_that_falls_silent_is_suspect_and_resumes_draining() {
    Table table = Table.standard().withPeople(1);
    table.see(new Observation.DrainPermitted("d-1", true, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 1)));
    table.draining = true;
    table.beat().silent(seconds(20));
    assertThat(table.health()).isEqualTo(SUSPECT);
    assertThat(table.beat().health()).isEqualTo(DRAINING);
  }

  @Test
  void a_vm_that_takes_people_again_is_not_draining() {
    Table table = Table.standard().withPeople(1);
    table.see(new Observation.DrainPermitted("d-1", true, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 1)));
    table.beats(2);
    assertThat(table.health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_dead_vm_that_nobody_used_asks_for_its_end_with_its_reason() {
    Table table = Table.standard();
    table.idleSeconds = 540;
    table.ready().silent(seconds(180)).tick();
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
    assertThat(table.actions)
        .contains(
            new Action.AskToEnd(
                End.DELETE_DEAD,
                "destroyed: nobody for 12 min, no answer on two channels for 3 min"));
  }

  @Test
  void a_dead_vm_that_people_used_waits_an_hour_for_the_operator() {
    Table table = Table.standard().withPeople(3);
    table.silent(seconds(180));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    table.silent(seconds(3_598));
    assertThat(table.tick().ends()).isEmpty();
    table.silent(seconds(5));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_condemned_vm_with_one_sign_does_not_ask_for_its_end() {
    Table table = Table.standard().ready().silent(seconds(180)).good();
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.health()).isEqualTo(CONDEMNED);
  }

  @Test
  void a_broken_vm_with_people_is_left_to_the_operator() {
    Table table = Table.standard().withPeople(2);
    table.failing = List.of("pubsub");
    table.beats(62);
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.reason())
        .contains("its own check fails: pubsub")
        .contains("only the operator");
    table.people = 0;
    table.beats(5);
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_BROKEN);
  }

  @Test
  void a_stopped_vm_is_reaped_after_ten_minutes() {
    Table table = Table.standard().ready().cloudSays(VmState.TERMINATED);
    assertThat(table.pass(seconds(599)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_STOPPED);
  }

  @Test
  void a_refused_end_is_not_asked_for_again_at_once() {
    Table table = Table.standard().ready().silent(seconds(180));
    table.see(new Observation.EndPermitted());
    assertThat(table.tick().ends()).isEmpty();
    table.see(new Observation.EndRefused("it answered its probe"));
    assertThat(table.tick().ends()).isEmpty();
    table.silent(seconds(121));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_failed_deletion_starts_the_judgement_afresh() {
    Table table = Table.standard().ready().see(new Observation.EndAccepted("x"));
    table.see(new Observation.EndFailed("the zone is down"));
    assertThat(table.health()).isEqualTo(UNKNOWN);
    assertThat(table.pass(seconds(5)).beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void what_holds_an_end_back_is_told_once() {
    Table table = Table.standard().idle();
    table.see(new Observation.EndHeld("the fleet keeps at least 2"));
    VmRecord held = table.vm;
    assertThat(table.reason()).endsWith("; not ended: the fleet keeps at least 2");
    table.see(new Observation.EndHeld("the fleet keeps at least 2"));
    assertThat(table.vm).isSameAs(held);
  }

  @Test
  void a_verdict_keeps_its_evidence_on_every_channel() {
    Table table = Table.standard().withPeople(3).silent(seconds(60));
    assertThat(table.reason())
        .isEqualTo(
            "unreachable: no heartbeat for 60 s, 5 failed probes, the last: connection refused");
    assertThat(table.vm.verdict().evidence())
        .extracting(Evidence::channel)
        .containsExactly(
            Evidence.Channel.COMPUTE, Evidence.Channel.PROBE, Evidence.Channel.HEARTBEAT);
    assertThat(table.vm.verdict().evidence().getLast().finding()).contains("3 people");
  }

  @Test
  void silence_costs_no_new_record() {
    Table table = Table.standard().ready().pass(seconds(3));
    VmRecord before = table.vm;
    assertThat(table.rules.quiet(before, table.now())).isTrue();
    assertThat(table.tick().vm).isSameAs(before);
  }

  @Test
  void with_demo_limits_a_killed_agent_is_red_in_seconds_and_condemned_in_time() {
    Table table = new Table(HealthLimits.demo()).withPeople(1);
    assertThat(table.silent(seconds(3)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(2)).health()).isEqualTo(UNREACHABLE);
    assertThat(table.silent(seconds(8)).health()).isEqualTo(CONDEMNED);
    assertThat(table.silent(seconds(6)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void people_whom_only_the_probe_saw_keep_a_dead_vm_for_the_operator() {
    Table table = Table.standard().idle().pass(seconds(60)).tick();
    table.people = 5;
    table.good().silent(seconds(200));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.silent(seconds(3_600)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void people_who_had_left_by_the_probes_newer_word_do_not() {
    Table table = Table.standard().withPeople(3).pass(seconds(60)).tick();
    table.people = 0;
    assertThat(table.good().silent(seconds(200)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_vm_that_was_there_before_the_console_and_is_never_heard_waits_for_the_operator() {
    Table table = Table.standard();
    table.vm = table.rules.found(Table.machine(VmState.RUNNING, Map.of()), false, table.now());
    table.silent(seconds(660));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.reason()).contains("not known whether anybody is on it");
    assertThat(table.tick().ends()).isEmpty();
    assertThat(table.silent(seconds(3_600)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_vm_that_was_suspended_and_resumed_is_heard_again() {
    Table table = Table.standard().withPeople(1);
    Pulse.Heartbeat old = table.vm.heart().last().orElseThrow();
    table.cloudSays(VmState.SUSPENDED).cloudSays(VmState.RUNNING).pass(seconds(1));
    table.see(new Observation.Beat(old));
    assertThat(table.health()).isEqualTo(STARTING);
    assertThat(table.beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_straggler_from_before_the_machine_was_off_is_no_sign() {
    Table table = Table.standard().ready();
    Pulse.Heartbeat old = table.vm.heart().last().orElseThrow();
    table.cloudSays(VmState.TERMINATED).cloudSays(VmState.RUNNING).pass(seconds(1));
    table.boot = "b2";
    VmRecord fresh = table.beat().vm;
    assertThat(table.see(new Observation.Beat(old)).vm.heart()).isEqualTo(fresh.heart());
  }

  @Test
  void a_pin_calls_a_drain_off_until_the_vm_takes_people_again() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.see(new Observation.DrainAnswered(new Pulse.DrainAnswer("d-1", "vm-1", true, 0)));
    table.draining = true;
    table.beat().actions.clear();
    table.see(new Observation.Listed(Table.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))));
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
  void a_vm_that_stops_under_a_claim_ends_for_what_it_is_claimed_for() {
    for (boolean health : List.of(true, false)) {
      Table table = Table.standard().idle();
      VmRecord before = table.vm;
      String claim = new Claim("other", "1", health).label();
      Vm stopping = Table.machine(VmState.STOPPING, Map.of(Labels.CLAIM, claim));
      VmRecord after = table.see(new Observation.Listed(stopping)).vm;
      assertThat(HealthRules.leaves(before, after)).isEqualTo(health);
    }
  }

  @Test
  void a_pinned_vm_that_is_stopped_may_have_been_ended_before_the_pin_took_its_claim_off() {
    Table table = Table.standard().idle();
    VmRecord before = table.vm;
    Vm stopping = Table.machine(VmState.STOPPING, Map.of());
    Vm pinned = Table.machine(VmState.STOPPING, Map.of(Labels.PIN, "true"));
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
  void an_unused_vm_that_does_not_answer_its_drain_ends_without_one() {
    Table table = Table.standard().idle();
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.beats(35);
    assertThat(table.tick().ends()).isEmpty();
    table.beats(1);
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
    Table table = Table.standard().withPeople(1);
    table.idleSeconds = 1_800;
    table.beats(5);
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.beats(36);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAF);
    assertThat(table.actions.toString()).contains("nobody active for 30 min");
  }

  @Test
  void a_broken_vm_that_does_not_answer_its_drain_ends_without_one() {
    Table table = Table.standard().ready();
    table.failing = List.of("bus");
    table.beats(62);
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_BROKEN);
    table.see(new Observation.DrainPermitted("d-1", false, "x"));
    table.beats(36);
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAF);
  }

  @Test
  void a_vm_of_which_only_the_probe_is_heard_ends_when_it_says_nobody_for_the_idle_limit() {
    Table table = Table.standard().ready().silent(seconds(30));
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

  @Test
  void what_waited_while_the_console_slept_tells_who_was_on_a_vm_and_proves_no_life() {
    Table table = Table.standard().idle();
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
    Table table = Table.standard().withPeople(2).silent(MINUTE.multipliedBy(64));
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
    Table table = Table.standard().withPeople(2).silent(MINUTE.multipliedBy(64));
    table.see(new Observation.EndPermitted());
    table.see(new Observation.EndRefused("it answered its probe"));
    table.beats(3);
    assertThat(table.health()).isEqualTo(HEALTHY);
    table.silent(MINUTE.multipliedBy(10));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.tick().ends()).isEmpty();
  }

  @Test
  void a_vm_that_never_catches_up_is_broken_until_it_does() {
    Table table = Table.standard();
    table.ready = false;
    table.good().beats(121);
    assertThat(table.health()).isEqualTo(BROKEN);
    assertThat(table.reason()).contains("never caught up");
    table.beats(100);
    assertThat(table.health()).isEqualTo(BROKEN);
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_BROKEN);
    table.ready = true;
    table.people = 1;
    assertThat(table.beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_deletion_that_the_cloud_took_and_did_not_do_is_not_the_last_word() {
    Table table = Table.standard().withPeople(1).see(new Observation.EndAccepted("x"));
    assertThat(table.pass(seconds(599)).tick().health()).isEqualTo(DELETING);
    assertThat(table.pass(seconds(1)).tick().health()).isEqualTo(UNKNOWN);
    assertThat(table.pass(seconds(1)).beat().health()).isEqualTo(HEALTHY);
  }

  @Test
  void a_deletion_that_is_under_way_takes_the_time_it_takes() {
    Table table = Table.standard().ready().see(new Observation.EndAccepted("x"));
    table.cloudSays(VmState.STOPPING);
    assertThat(table.pass(seconds(3_600)).tick().health()).isEqualTo(DELETING);
  }

  @Test
  void an_idle_vm_says_for_how_long_in_coarse_steps_and_still_what_holds_its_end_back() {
    Table table = Table.standard().idle();
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
    Table table = Table.standard().ready();
    table.failing = List.of("bus");
    table.beats(66).see(new Observation.EndHeld("too soon"));
    table.tick();
    assertThat(table.actions)
        .contains(new Action.AskToEnd(End.DRAIN_BROKEN, "broken: its own check fails: bus"));
  }

  @Test
  void a_suspect_whose_probe_fails_too_is_not_said_to_answer_it() {
    Table table = Table.standard().ready().silent(seconds(25)).good();
    assertThat(table.reason()).contains("it answers its probe");
    assertThat(table.silent(seconds(11)).reason()).contains("no answer to its probe");
  }

  @Test
  void one_sign_of_life_begins_the_silence_of_a_condemned_vm_anew() {
    Table table = Table.standard().idle().silent(Duration.ofMinutes(4));
    assertThat(table.health()).isEqualTo(Health.CONDEMNED);
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
    table.good().failedProbe();
    assertThat(table.pass(Duration.ofSeconds(1)).tick().ends()).isEmpty();
    table.silent(Duration.ofMinutes(3));
    assertThat(table.ends()).containsExactly(End.DELETE_DEAD);
  }
}

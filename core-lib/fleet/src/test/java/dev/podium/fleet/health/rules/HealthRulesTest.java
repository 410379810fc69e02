package dev.podium.fleet.health.rules;

import static dev.podium.fleet.model.Health.BROKEN;
import static dev.podium.fleet.model.Health.CONDEMNED;
import static dev.podium.fleet.model.Health.DELETING;
import static dev.podium.fleet.model.Health.HEALTHY;
import static dev.podium.fleet.model.Health.IDLE;
import static dev.podium.fleet.model.Health.STARTING;
import static dev.podium.fleet.model.Health.SUSPECT;
import static dev.podium.fleet.model.Health.TERMINATED;
import static dev.podium.fleet.model.Health.UNKNOWN;
import static dev.podium.fleet.model.Health.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthAction.SendProbe;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.model.Labels;
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
  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Arguments row(String name, Health expected, Consumer<HealthTable> story) {
    return Arguments.of(name, expected, story);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        row("a new VM", STARTING, t -> {}),
        row("a heartbeat alone does not make it ready", STARTING, HealthTable::beat),
        row("a good probe alone does not make it ready", STARTING, HealthTable::good),
        row("a heartbeat and a good probe do", HEALTHY, HealthTable::ready),
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
                            HealthTable.machine(VmState.STOPPING, Map.of(Labels.CLAIM, "other"))))),
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
  void states_follow_the_table(String name, Health expected, Consumer<HealthTable> story) {
    HealthTable table = HealthTable.standard();
    story.accept(table);
    assertThat(table.health()).as(table.reason()).isEqualTo(expected);
  }

  @Test
  void every_timeout_is_stretched_by_the_doubt() {
    HealthTable table = HealthTable.standard().ready();
    table.doubt = 8;
    assertThat(table.silent(seconds(179)).health()).isEqualTo(HEALTHY);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(359)).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(UNREACHABLE);
  }

  @Test
  void a_heartbeat_delivered_twice_is_one_sign() {
    HealthTable table = HealthTable.standard().ready();
    Observation.Beat last = table.again();
    table.silent(seconds(70)).see(last).see(last);
    assertThat(table.health()).isEqualTo(UNREACHABLE);
  }

  @Test
  void a_healthy_vm_is_not_probed_and_a_late_one_every_ten_seconds() {
    HealthTable table = HealthTable.standard().ready();
    assertThat(table.pass(seconds(11)).tick().actions).isEmpty();
    assertThat(table.pass(seconds(1)).tick().actions).containsExactly(new SendProbe());
    table.failedProbe();
    assertThat(table.pass(seconds(9)).tick().actions).doesNotContain(new SendProbe());
    assertThat(table.pass(seconds(1)).tick().actions).contains(new SendProbe());
  }

  @Test
  void a_broken_vm_with_people_is_left_to_the_operator() {
    HealthTable table = HealthTable.standard().withPeople(2);
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
  void what_holds_an_end_back_is_told_once() {
    HealthTable table = HealthTable.standard().idle();
    table.see(new Observation.EndHeld("the fleet keeps at least 2"));
    VmRecord held = table.vm;
    assertThat(table.reason()).endsWith("; not ended: the fleet keeps at least 2");
    table.see(new Observation.EndHeld("the fleet keeps at least 2"));
    assertThat(table.vm).isSameAs(held);
  }

  @Test
  void a_verdict_keeps_its_evidence_on_every_channel() {
    HealthTable table = HealthTable.standard().withPeople(3).silent(seconds(60));
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
    HealthTable table = HealthTable.standard().ready().pass(seconds(3));
    VmRecord before = table.vm;
    assertThat(table.rules.quiet(before, table.now())).isTrue();
    assertThat(table.tick().vm).isSameAs(before);
  }

  @Test
  void an_empty_vm_of_the_release_before_asks_to_be_replaced_before_its_idle_limit() {
    HealthTable table = HealthTable.standard().idle();
    assertThat(table.rules.quiet(table.vm, table.now())).isTrue();
    table.see(
        new Observation.Listed(
            VmBuilder.vm("77", "vm-1")
                .labels(Map.of(Labels.FLEET, "f"))
                .address("10.0.0.7")
                .outdated()
                .build()));
    assertThat(table.rules.quiet(table.vm, table.now())).isFalse();
    assertThat(table.tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_vm_that_never_catches_up_is_broken_until_it_does() {
    HealthTable table = HealthTable.standard();
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
}

package dev.podium.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.ending.HealthEnd;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FleetWatchTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final RecordedEffects effects = new RecordedEffects();
  private final Vm vm = HealthTable.machine(VmState.RUNNING, Map.of());
  private long sequence;

  private final FleetWatch watch =
      new FleetWatch(
          HealthLimits.standard(),
          Rulebook.of(HealthLimits.standard()),
          "me",
          FleetSizing.atLeast(0),
          effects,
          events,
          new OperatorView(() -> 50, _ -> OptionalDouble.of(0)),
          now());

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private void beat() {
    watch.heard(
        new Pulse.Heartbeat(
            "vm-1", "77", "b", ++sequence, "", 0, 50, 1, true, false, List.of(), List.of(), 0),
        ticker.wall(),
        now());
  }

  private void tick(Duration gap) {
    ticker.pass(gap);
    watch.tick(now());
  }

  private FleetVm only() {
    return events.fleet().getFirst();
  }

  @Test
  void a_vm_that_was_there_before_the_console_is_unknown_until_it_is_heard() {
    watch.listed(List.of(vm), now());
    assertThat(only().health()).isEqualTo(Health.UNKNOWN);
    tick(Duration.ofSeconds(1));
    beat();
    assertThat(only().health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void what_waited_during_a_sleep_does_not_count_until_the_canary_is_back() {
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    beat();
    tick(Duration.ofMinutes(40));
    assertThat(only().verdict().reason()).isEqualTo("unknown: this computer slept for 40 min");
    beat();
    assertThat(only().health()).isEqualTo(Health.UNKNOWN);
    watch.heard(effects.sent.getLast(), ticker.wall(), now());
    ticker.pass(Duration.ofSeconds(1));
    beat();
    assertThat(only().health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void a_sleep_reads_the_list_at_once() {
    watch.tick(now());
    watch.listed(List.of(vm), now());
    int before = effects.lists;
    tick(Duration.ofMinutes(1));
    assertThat(effects.lists).isEqualTo(before + 1);
  }

  @Test
  void a_vm_that_the_list_leaves_out_is_looked_for_before_it_is_called_gone() {
    watch.listed(List.of(vm), now());
    watch.listed(List.of(), now());
    assertThat(effects.sought).containsExactly(vm);
    assertThat(events.fleet()).hasSize(1);
    watch.missing("77", now());
    assertThat(events.fleet()).isEmpty();
  }

  @Test
  void a_list_that_was_on_its_way_does_not_bring_a_vm_back() {
    watch.listed(List.of(vm), now());
    watch.missing("77", now());
    watch.listed(List.of(vm), now());
    assertThat(events.fleet()).isEmpty();
  }

  @Test
  void failed_calls_raise_the_doubt_and_the_doubt_is_told() {
    List<Integer> doubts = new ArrayList<>();
    onTick(ticked -> doubts.add(ticked.doubt()));
    watch.listFailed("no answer");
    tick(Duration.ofSeconds(1));
    tick(Duration.ofSeconds(1));
    assertThat(doubts).containsExactly(1, 0);
  }

  @Test
  void until_the_first_list_came_nobody_takes_the_fleet_for_empty() {
    List<Boolean> listed = new ArrayList<>();
    onTick(ticked -> listed.add(ticked.listed()));
    tick(Duration.ofSeconds(1));
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    watch.listed(List.of(), now());
    assertThat(listed).containsExactly(false, true, true);
  }

  @Test
  void a_list_that_stays_away_is_told_with_its_cause_until_it_comes_back() {
    List<String> banners = new ArrayList<>();
    onTick(ticked -> banners.add(ticked.banner().orElse("")));
    watch.listFailed("Your sign-in has expired. Sign in again.");
    tick(Duration.ofSeconds(1));
    watch.listed(List.of(vm), now());
    // One that fails by accident is not worth a word.
    watch.listFailed("No answer.");
    tick(Duration.ofSeconds(1));
    watch.listFailed("No answer.");
    tick(Duration.ofSeconds(1));
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    assertThat(banners)
        .containsExactly(
            "Your sign-in has expired. Sign in again.",
            "",
            "",
            "No answer. What you see may be out of date.",
            "");
  }

  private void onTick(Consumer<FleetEvent.MonitorTicked> listener) {
    events.subscribe(event -> {
      if (event instanceof FleetEvent.MonitorTicked ticked) {
        listener.accept(ticked);
      }
    });
  }

  @Test
  void a_dead_vm_does_not_end_while_the_console_doubts_itself() {
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    beat();
    for (int second = 0; second < 3_000; second++) {
      watch.probed("77", new HealthProbe.Result.Silent("cut"), now());
      tick(Duration.ofSeconds(1));
      effects.lastCanary().ifPresent(canary -> watch.heard(canary, ticker.wall(), now()));
      watch.listFailed("No answer."); // The network is as likely dead as the VM.
    }
    assertThat(only().health()).isEqualTo(Health.CONDEMNED);
    assertThat(effects.ends).isEmpty();
    assertThat(only().verdict().reason())
        .endsWith("this computer must first trust its own sight again");
  }

  @Test
  void only_a_vm_that_came_to_be_before_the_consoles_eyes_is_known_to_be_unused() {
    watch.found(vm, now());
    assertThat(watch.record("77").orElseThrow().witnessed()).isFalse();
    watch.left("77", now());
    ticker.jumpWall(Duration.ofHours(1));
    watch.created(vm, now());
    assertThat(watch.record("77").orElseThrow().witnessed()).isFalse();
    watch.left("77", now());
    ticker.jumpWall(Duration.ofHours(-1));
    watch.created(vm, now());
    assertThat(watch.record("77").orElseThrow().witnessed()).isTrue();
  }

  @Test
  void what_a_last_look_finds_counts_as_a_sign_of_life() {
    dead();
    assertThat(objection(vm, Optional.empty())).isEmpty();
    watch.probed(vm.id(), new HealthProbe.Result.Answered(true, "b", "ok", 5, 1), now());
    assertThat(objection(vm, Optional.empty())).contains("it gave a sign of life");
    watch.probed(vm.id(), new HealthProbe.Result.Silent("refused"), now());
    assertThat(objection(vm, Optional.empty())).contains("it gave a sign of life");
  }

  @Test
  void a_probe_of_which_nothing_comes_back_does_not_end_the_probing() {
    watch.listed(List.of(vm), now());
    for (int second = 0; second < 120; second++) {
      tick(Duration.ofSeconds(1));
    }
    assertThat(effects.probes).isGreaterThan(3);
  }

  @Test
  void a_pinned_vm_is_not_drained_and_the_operator_hears_why() {
    watch.listed(List.of(HealthTable.machine(VmState.RUNNING, Map.of(Labels.PIN, "true"))), now());
    assertThatThrownBy(() -> watch.drain(new VmName("vm-1"), "x", now()))
        .isInstanceOf(PodiumException.Conflict.class)
        .hasMessageContaining("it is pinned");
  }

  @Test
  void a_vm_that_lost_the_fleets_label_is_watched_again_only_when_it_has_it_again() {
    watch.listed(List.of(vm), now());
    watch.left("77", now());
    assertThat(events.fleet()).isEmpty();
    watch.listed(List.of(vm), now());
    assertThat(events.fleet()).hasSize(1);
  }

  private static Vm claimed(String console, String turn) {
    return HealthTable.machine(
        VmState.RUNNING, Map.of(Labels.CLAIM, new Claim(console, turn, true).label()));
  }

  /// A VM that has been dead for long enough, as this console sees it.
  private void dead() {
    watch.listed(List.of(vm), now());
    beat();
    for (int second = 0; second < 5; second++) {
      tick(Duration.ofSeconds(1));
      beat();
    }
    staysDead(Duration.ofMinutes(15));
  }

  /// Until it is to end, or for that long.
  private void staysDead(Duration span) {
    for (int second = 0; effects.ends.isEmpty() && second < span.toSeconds(); second++) {
      tick(Duration.ofSeconds(1));
      watch.listed(List.of(vm), now());
      watch.heard(effects.lastCanary().orElseThrow(), ticker.wall(), now());
      watch.probed(vm.id(), new HealthProbe.Result.Silent("refused"), now());
    }
  }

  private Optional<String> objection(Vm read, Optional<List<Vm>> survey) {
    return objection(read, survey, List.of());
  }

  private Optional<String> objection(Vm read, Optional<List<Vm>> survey, List<HealthEnd> ended) {
    Optional<LastLook.Others> others = survey.map(fleet -> new LastLook.Others(fleet, ended));
    return watch.objection(new LastLook.Ask.Consent(read, others), End.DELETE_DEAD, now());
  }

  @Test
  void a_vm_that_another_console_claimed_is_left_alone_until_the_claim_is_too_old() {
    dead();
    assertThat(effects.ends).containsExactly(End.DELETE_DEAD);
    assertThat(objection(vm, Optional.empty())).isEmpty();
    assertThat(objection(claimed("other", "1"), Optional.empty()))
        .contains("another console is destroying this");
    for (int minute = 0; minute < HealthLimits.standard().ends().claim().toMinutes(); minute++) {
      ticker.pass(Duration.ofMinutes(1));
      watch.listed(List.of(claimed("other", "1")), now());
    }
    assertThat(objection(claimed("other", "1"), Optional.empty())).isEmpty();
    assertThat(objection(claimed("other", "2"), Optional.empty()))
        .as("a claim that is made again is another claim")
        .isPresent();
  }

  @Test
  void a_heartbeat_during_the_last_look_saves_the_vm_whatever_its_probes_say() {
    dead();
    assertThat(objection(vm, Optional.empty())).isEmpty();
    beat();
    watch.probed(vm.id(), new HealthProbe.Result.Silent("refused"), now());
    assertThat(objection(vm, Optional.empty())).contains("it gave a sign of life");
  }

  private Vm second(Map<String, String> labels) {
    return VmBuilder.like(vm)
        .id("78")
        .name("vm-2")
        .state(VmState.RUNNING)
        .labels(labels)
        .labelFingerprint("f1")
        .spot(false)
        .noRunLimit()
        .build();
  }

  @Test
  void while_another_console_ends_another_vm_this_one_steps_back() {
    dead();
    Vm rival = second(claimed("other", "1").labels());
    assertThat(objection(vm, Optional.of(List.of(vm, rival))))
        .contains("another console is ending another one");
    assertThat(objection(vm, Optional.of(List.of(vm))))
        .as("and it is gone now: the throttle counts it")
        .isPresent();
  }

  @Test
  void a_vm_that_was_claimed_for_something_else_may_have_ended_for_its_health_all_the_same() {
    dead();
    Claim drained = new Claim("other", "1", false);
    Vm other =
        second(
            HealthTable.machine(VmState.RUNNING, Map.of(Labels.CLAIM, drained.label())).labels());
    assertThat(objection(vm, Optional.of(List.of(vm, other)))).isEmpty();
    assertThat(objection(vm, Optional.of(List.of(vm)))).isPresent();
  }

  @Test
  void what_ended_before_this_console_began_counts_in_the_throttle_from_the_clouds_record() {
    dead();
    Optional<List<Vm>> survey = Optional.of(List.of(vm));
    assertThat(objection(vm, survey)).isEmpty();
    long before = now().nanos() - Duration.ofMinutes(12).toNanos();
    assertThat(objection(vm, survey, List.of(new HealthEnd("76", before))))
        .contains("at most 1 may end for their health in 30 min");

    watch.endRefused(vm.id(), "not now", now());
    effects.ends.clear();
    staysDead(Duration.ofMinutes(18).minusSeconds(1));
    assertThat(effects.ends).as("it is remembered").isEmpty();
    staysDead(Duration.ofMinutes(2));
    assertThat(effects.ends).hasSize(1);
  }

  @Test
  void what_others_ended_while_the_list_stayed_away_is_waited_for() {
    dead();
    ticker.pass(Duration.ofMinutes(3));
    assertThat(objection(vm, Optional.empty()).orElseThrow()).contains("stayed away");
    watch.listed(List.of(vm), now());
    ticker.pass(Duration.ofSeconds(119));
    assertThat(objection(vm, Optional.empty()).orElseThrow()).contains("stayed away");
    ticker.pass(Duration.ofSeconds(1));
    assertThat(objection(vm, Optional.empty())).isEmpty();
  }

  @Test
  void a_deletion_of_which_no_answer_came_counts_in_the_throttle() {
    dead();
    watch.endUnsure(vm.id(), "no answer", now());
    effects.ends.clear();
    staysDead(Duration.ofSeconds(119));
    assertThat(effects.ends).as("one may end in two minutes").isEmpty();
    staysDead(Duration.ofMinutes(5));
    assertThat(effects.ends).as("what it counted itself does not hold it back").hasSize(1);
  }

  @Test
  void what_a_vm_said_before_it_was_listed_tells_who_was_on_it() {
    watch.heard(
        new Pulse.Heartbeat(
            "vm-1", "77", "b", ++sequence, "", 2, 50, 1, true, false, List.of(), List.of(), 0),
        ticker.wall(),
        now());
    watch.listed(List.of(vm), now());
    assertThat(watch.record("77").orElseThrow().participants()).isEqualTo(2);
    assertThat(only().health()).isEqualTo(Health.UNKNOWN);
  }

  @Test
  void a_drain_names_the_machine_that_is_meant_and_not_only_its_name() {
    watch.listed(List.of(vm), now());
    beat();
    watch.drain(vm.name(), "asked for", now());
    assertThat(effects.sent.getLast())
        .isInstanceOfSatisfying(
            Pulse.DrainRequest.class, drain -> assertThat(drain.vmId()).contains("77"));
  }
}

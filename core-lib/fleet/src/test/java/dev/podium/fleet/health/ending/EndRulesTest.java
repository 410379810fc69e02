package dev.podium.fleet.health.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.ending.EndRules.Fleet;
import dev.podium.fleet.health.ending.EndRules.Wanted;
import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndRulesTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EndRules rules = new EndRules(HealthLimits.standard());

  private Wanted wanted(String name, End end, int createdSecond, Map<String, String> labels) {
    Vm vm =
        VmBuilder.like(HealthTable.machine(VmState.RUNNING, labels))
            .id(name)
            .name(name)
            .image("")
            .created(Instant.ofEpochSecond(createdSecond))
            .labelFingerprint("f")
            .noAddress()
            .chatPort(80)
            .build();
    VmRecord record =
        new HealthRules(HealthLimits.standard()).found(vm, true, ClockReading.of(ticker));
    return new Wanted(record, new AskToEnd(end, "x"));
  }

  private List<Wanted> dead(int count) {
    List<Wanted> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(wanted("vm-" + i, End.DELETE_DEAD, i, Map.of()));
    }
    return all;
  }

  private List<String> permitted(List<Wanted> asks, Fleet fleet) {
    return rules.decide(asks, fleet, true, ClockReading.of(ticker)).stream()
        .filter(decision -> decision.held().isEmpty())
        .map(decision -> decision.wanted().vm().vm().name().value())
        .toList();
  }

  /// Permitted, and accepted by the cloud at once.
  private List<String> ended(List<Wanted> asks, Fleet fleet) {
    List<String> ended = permitted(asks, fleet);
    ended.forEach(id -> rules.ended(id, false, ClockReading.of(ticker)));
    return ended;
  }

  @Test
  void at_most_one_dead_vm_ends_in_two_minutes() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    assertThat(ended(dead(5), fleet)).hasSize(1);
    ticker.pass(Duration.ofSeconds(119));
    assertThat(ended(dead(5), fleet)).isEmpty();
    ticker.pass(Duration.ofSeconds(1));
    assertThat(ended(dead(5), fleet)).hasSize(1);
  }

  @Test
  void while_one_last_look_goes_on_no_other_begins() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    assertThat(permitted(dead(5), fleet)).hasSize(1);
    ticker.pass(Duration.ofMinutes(20));
    assertThat(permitted(dead(5), fleet)).isEmpty();
  }

  @Test
  void the_pause_begins_when_the_cloud_accepts_the_deletion() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    String first = permitted(dead(5), fleet).getFirst();
    ticker.pass(Duration.ofSeconds(90));
    rules.ended(first, false, ClockReading.of(ticker));
    ticker.pass(Duration.ofSeconds(119));
    assertThat(permitted(dead(5), fleet)).isEmpty();
    ticker.pass(Duration.ofSeconds(1));
    assertThat(permitted(dead(5), fleet)).hasSize(1);
  }

  @Test
  void an_end_by_another_console_counts_as_well() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    rules.ended("vm-9", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofSeconds(60));
    assertThat(permitted(dead(5), fleet)).isEmpty();
  }

  @Test
  void a_vm_whose_deletion_had_to_be_tried_again_counts_once_and_from_the_last_time() {
    Fleet fleet = new Fleet(10, 5, 10, 0);
    rules.ended("vm-9", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(20));
    rules.ended("vm-9", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(2));
    assertThat(ended(dead(5), fleet)).as("it is one of two").hasSize(1);
    ticker.pass(Duration.ofMinutes(27));
    List<Wanted> another = List.of(wanted("vm-7", End.DELETE_DEAD, 7, Map.of()));
    assertThat(permitted(another, fleet)).as("it still counts").isEmpty();
  }

  @Test
  void a_vm_that_was_there_again_after_it_ended_counts_from_when_it_is_gone() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    rules.ended("77", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(6));
    rules.gone(HealthTable.machine(VmState.RUNNING, Map.of()), ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(30).minusMillis(1));
    assertThat(permitted(dead(1), fleet)).isEmpty();
    ticker.pass(Duration.ofMillis(1));
    assertThat(permitted(dead(1), fleet)).hasSize(1);
  }

  @Test
  void a_vm_that_stopped_and_is_gone_counts_from_when_it_ended() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    rules.ended("77", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(6));
    rules.gone(HealthTable.machine(VmState.STOPPING, Map.of()), ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(24));
    assertThat(permitted(dead(1), fleet)).hasSize(1);
  }

  @Test
  void a_vm_that_only_goes_does_not_count() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    rules.gone(HealthTable.machine(VmState.RUNNING, Map.of()), ClockReading.of(ticker));
    assertThat(permitted(dead(1), fleet)).hasSize(1);
  }

  private HealthEnd endedBefore(String vmId, Duration span) {
    return new HealthEnd(vmId, ClockReading.of(ticker).nanos() - span.toNanos());
  }

  @Test
  void a_vm_that_the_cloud_has_on_record_counts_once_and_from_its_last_deletion() {
    Fleet fleet = new Fleet(10, 5, 10, 0);
    rules.ended("vm-9", true, ClockReading.of(ticker));
    ticker.pass(Duration.ofMinutes(3));
    rules.recall(
        List.of(
            endedBefore("vm-9", Duration.ofMinutes(2)), endedBefore("vm-9", Duration.ofMinutes(9))),
        ClockReading.of(ticker));
    assertThat(permitted(dead(1), fleet)).as("it is one of two").hasSize(1);
    rules.giveBack("vm-0");
    rules.recall(List.of(endedBefore("vm-8", Duration.ofMinutes(29))), ClockReading.of(ticker));
    assertThat(permitted(dead(1), fleet)).as("that is the second").isEmpty();
    ticker.pass(Duration.ofMinutes(1));
    assertThat(permitted(dead(1), fleet)).as("half an hour has passed since").hasSize(1);
  }

  @Test
  void what_the_cloud_has_on_record_from_before_the_window_does_not_count() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    String own = permitted(dead(1), fleet).getFirst();
    rules.recall(List.of(endedBefore("vm-9", Duration.ofMinutes(30))), ClockReading.of(ticker));
    assertThat(rules.objection(own, fleet, ClockReading.of(ticker))).isEmpty();
    rules.recall(
        List.of(endedBefore("vm-8", Duration.ofMinutes(30).minusMillis(1))),
        ClockReading.of(ticker));
    assertThat(rules.objection(own, fleet, ClockReading.of(ticker))).isPresent();
  }

  @Test
  void what_the_cloud_has_on_record_keeps_the_pause_as_well() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    rules.recall(List.of(endedBefore("vm-9", Duration.ofSeconds(119))), ClockReading.of(ticker));
    assertThat(permitted(dead(1), fleet)).isEmpty();
    ticker.pass(Duration.ofSeconds(1));
    assertThat(permitted(dead(1), fleet)).hasSize(1);
  }

  @Test
  void an_end_by_another_console_stops_one_that_was_permitted_here() {
    Fleet fleet = new Fleet(100, 5, 100, 0);
    String first = permitted(dead(5), fleet).getFirst();
    assertThat(rules.objection(first, fleet, ClockReading.of(ticker))).isEmpty();
    rules.ended("vm-9", true, ClockReading.of(ticker));
    assertThat(rules.objection(first, fleet, ClockReading.of(ticker))).isPresent();
  }

  @Test
  void at_most_a_fifth_of_the_fleet_ends_for_its_health_in_half_an_hour() {
    Fleet fleet = new Fleet(10, 5, 10, 0);
    List<Wanted> dead = dead(5);
    for (int minute = 0; minute < 30; minute++) {
      List<String> gone = ended(dead, fleet);
      dead.removeIf(one -> gone.contains(one.vm().vm().name().value()));
      ticker.pass(Duration.ofMinutes(1));
    }
    assertThat(dead).hasSize(3);
    assertThat(permitted(dead, fleet)).hasSize(1);
  }

  @Test
  void who_has_waited_longest_for_its_end_goes_first_whoever_died_meanwhile() {
    VmRecord deaf =
        new HealthRules(HealthLimits.standard())
            .step(
                wanted("deaf", End.DELETE_DEAF, 1, Map.of()).vm(),
                new Observation.DrainPermitted("d-1", false, "x"),
                Sight.open(0),
                ClockReading.of(ticker))
            .vm();
    ticker.pass(Duration.ofMinutes(1));
    Wanted dead = wanted("dead", End.DELETE_DEAD, 2, Map.of());
    ticker.pass(Duration.ofMinutes(1));
    VmRecord idleAgain = deaf.withVerdict(deaf.verdict(), ClockReading.of(ticker).nanos());
    Wanted unheard = new Wanted(idleAgain, new AskToEnd(End.DELETE_DEAF, "x"));
    assertThat(permitted(List.of(dead, unheard), new Fleet(10, 2, 10, 0))).containsExactly("deaf");
    rules.giveBack("deaf");
    Wanted young = wanted("young", End.DELETE_DEAD, 3, Map.of());
    assertThat(permitted(List.of(young, dead), new Fleet(10, 2, 10, 0))).containsExactly("dead");
  }

  @Test
  void a_small_fleet_may_lose_one() {
    assertThat(permitted(dead(1), new Fleet(1, 1, 1, 0))).hasSize(1);
  }

  @Test
  void the_breaker_stops_every_health_deletion_and_says_so() {
    Fleet fleet = new Fleet(5, 3, 5, 0);
    assertThat(permitted(dead(3), fleet)).isEmpty();
    assertThat(rules.banner(fleet).orElseThrow()).startsWith("3 of 5 VMs are in trouble at once");
    assertThat(rules.tripped(new Fleet(3, 2, 3, 0))).isFalse();
    assertThat(rules.tripped(new Fleet(6, 3, 6, 0))).isFalse();
  }

  @Test
  void an_observer_that_doubts_itself_ends_nothing() {
    assertThat(rules.decide(dead(1), new Fleet(10, 1, 10, 0), false, ClockReading.of(ticker)))
        .allMatch(decision -> decision.held().isPresent());
  }

  @Test
  void a_pinned_vm_never_ends() {
    for (End end : End.values()) {
      Wanted pinned = wanted("vm-1", end, 1, Map.of(Labels.PIN, "true"));
      assertThat(permitted(List.of(pinned), new Fleet(10, 1, 10, 0))).isEmpty();
    }
  }

  @Test
  void a_held_vm_does_not_end_before_its_hold_does() {
    String end = Long.toString(ticker.wall().plusSeconds(60).getEpochSecond());
    List<Wanted> held = List.of(wanted("vm-1", End.DELETE_DEAD, 1, Map.of(Labels.HOLD, end)));
    Fleet fleet = new Fleet(10, 1, 10, 0);
    assertThat(
            rules
                .decide(held, fleet, true, ClockReading.of(ticker))
                .getFirst()
                .held()
                .orElseThrow())
        .startsWith("it is held until ");
    ticker.pass(Duration.ofSeconds(61));
    assertThat(permitted(held, fleet)).containsExactly("vm-1");
  }

  @Test
  void a_hold_that_is_no_time_is_none() {
    Wanted odd = wanted("vm-1", End.DELETE_DEAD, 1, Map.of(Labels.HOLD, "tomorrow"));
    assertThat(permitted(List.of(odd), new Fleet(10, 1, 10, 0))).containsExactly("vm-1");
  }

  @Test
  void idle_vms_go_down_to_the_minimum_the_youngest_first() {
    List<Wanted> idle =
        List.of(
            wanted("old", End.DRAIN_IDLE, 100, Map.of()),
            wanted("young", End.DRAIN_IDLE, 300, Map.of()),
            wanted("middle", End.DRAIN_IDLE, 200, Map.of()));
    assertThat(permitted(idle, new Fleet(3, 0, 3, 1))).containsExactly("young", "middle");
    assertThat(permitted(idle, new Fleet(3, 0, 2, 1))).containsExactly("young");
    assertThat(permitted(idle, new Fleet(3, 0, 3, 3))).isEmpty();
  }

  @Test
  void an_end_that_did_not_come_to_pass_gives_its_place_back() {
    Fleet fleet = new Fleet(10, 1, 10, 0);
    assertThat(permitted(dead(1), fleet)).hasSize(1);
    ticker.pass(Duration.ofSeconds(10));
    assertThat(permitted(dead(1), fleet)).isEmpty();
    rules.giveBack("vm-0");
    assertThat(permitted(dead(1), fleet)).hasSize(1);
  }

  @Test
  void a_drain_that_was_not_answered_does_not_hold_back_the_end_of_the_same_vm() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    assertThat(permitted(List.of(wanted("vm-1", End.DRAIN_BROKEN, 1, Map.of())), fleet)).hasSize(1);
    ticker.pass(Duration.ofMinutes(3));
    assertThat(permitted(List.of(wanted("vm-2", End.DELETE_DEAD, 2, Map.of())), fleet)).isEmpty();
    assertThat(permitted(List.of(wanted("vm-1", End.DELETE_DEAF, 1, Map.of())), fleet)).hasSize(1);
  }

  @Test
  void a_drain_that_ended_nothing_makes_room_for_another_vm() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    assertThat(permitted(List.of(wanted("vm-1", End.DRAIN_BROKEN, 1, Map.of())), fleet)).hasSize(1);
    rules.drainOver("vm-1");
    assertThat(permitted(List.of(wanted("vm-2", End.DELETE_DEAD, 2, Map.of())), fleet)).hasSize(1);
  }

  @Test
  void a_drain_that_is_over_does_not_hide_a_deletion_that_is_under_way() {
    Fleet fleet = new Fleet(5, 1, 5, 0);
    assertThat(permitted(List.of(wanted("vm-1", End.DELETE_DEAF, 1, Map.of())), fleet)).hasSize(1);
    rules.drainOver("vm-1");
    assertThat(permitted(List.of(wanted("vm-2", End.DELETE_DEAD, 2, Map.of())), fleet)).isEmpty();
  }
}

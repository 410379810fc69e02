package dev.podium.fleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.policy.ScalingPolicy.Provisioning;
import dev.podium.fleet.scaler.ScalerMemory.Outcome;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private final PodiumException full =
      new PodiumException.NoCapacity("No", "no e2-small left", "Wait.", null);

  private final ManualTicker ticker = new ManualTicker();
  private final Scaler scaler = new Scaler("class");
  private final List<FleetVm> vms = new ArrayList<>();
  private ScalerMemory memory = ScalerMemory.NONE;
  private boolean fresh = true;
  private boolean calm = true;
  private boolean lists = true;
  private Set<String> unreached = Set.of();
  private double messages;
  private long listed;
  private OptionalDouble price = OptionalDouble.of(0.02);
  private Scaler.Step step = look(policy(0, 10, 0), 0);

  private static ScalingPolicy policy(int minimum, int maximum, int spare) {
    return policy(minimum, maximum, spare, Provisioning.STANDARD, 0, 0);
  }

  private static ScalingPolicy policy(
      int minimum, int maximum, int spare, Provisioning provisioning, double hourly, double total) {
    return new ScalingPolicy(
        minimum,
        maximum,
        10,
        spare,
        Duration.ofMinutes(30),
        List.of("us-central1-a", "us-central1-b"),
        "e2-small",
        "image",
        provisioning,
        Duration.ofHours(8),
        hourly,
        total);
  }

  private Scaler.Step look(ScalingPolicy policy, int waiting) {
    listed = lists ? ticker.nanos() : listed;
    step =
        scaler.decide(
            policy,
            new Scaler.View(
                vms, waiting, Map.of(), fresh, listed, calm, unreached, _ -> price, _ -> messages),
            memory,
            ClockReading.of(ticker));
    memory = step.memory();
    return step;
  }

  private List<String> created() {
    return step.creations().stream().map(one -> one.slot().name().value()).toList();
  }

  private String refusal() {
    return step.refusal().orElseThrow().sentence();
  }

  private void settle(Outcome outcome) {
    for (VmName name : List.copyOf(memory.flights().keySet())) {
      memory = memory.settled(name, outcome, ClockReading.of(ticker));
    }
  }

  private void work(int number, int present) {
    vms.add(FleetVms.slot(number, Health.HEALTHY, present, 10));
  }

  @Test
  void seats_for_all_who_are_there_who_wait_and_to_spare() {
    work(1, 8);
    work(2, 10);
    look(policy(0, 10, 5), 10);
    assertThat(created())
        .as("18 present, 10 waiting, 5 to spare, 10 seats each: 4 VMs")
        .containsExactly("class-us-central1-a-3", "class-us-central1-a-4");
  }

  @Test
  void the_minimum_is_made_without_anybody_waiting() {
    look(policy(2, 10, 0), 0);
    assertThat(created()).containsExactly("class-us-central1-a-1", "class-us-central1-a-2");
    assertThat(step.creations().getFirst().reason()).isEqualTo("the policy keeps 2 VMs");
  }

  @Test
  void a_zone_that_is_not_reached_is_passed_over_and_nothing_in_it_is_replaced() {
    vms.add(FleetVms.slot(1, Health.UNKNOWN, 0, 10));
    unreached = Set.of("us-central1-a");
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
    look(policy(2, 10, 0), 0);
    assertThat(created()).containsExactly("class-us-central1-b-1");

    unreached = Set.of("us-central1-a", "us-central1-b");
    look(policy(3, 10, 0), 0);
    assertThat(created()).isEmpty();
  }

  @Test
  void a_vm_that_was_made_in_a_zone_that_no_list_shows_is_not_made_anew() {
    look(policy(1, 10, 0), 0);
    settle(new Outcome.Made());
    unreached = Set.of("us-central1-a");
    for (int minute = 0; minute < 30; minute++) {
      ticker.pass(Duration.ofMinutes(1));
      look(policy(1, 10, 0), 0);
      assertThat(created()).isEmpty();
    }
  }

  @Test
  void what_heartbeats_cost_counts_for_the_budget() {
    look(policy(2, 10, 0, Provisioning.STANDARD, 0.05, 0), 0);
    assertThat(created()).hasSize(2);
    memory = ScalerMemory.NONE;
    messages = 0.02;
    look(policy(2, 10, 0, Provisioning.STANDARD, 0.05, 0), 0);
    assertThat(created()).hasSize(1);
  }

  @Test
  void a_vm_that_was_asked_for_is_not_asked_for_again() {
    look(policy(1, 10, 0), 0);
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
    settle(new Outcome.Made());
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
  }

  @Test
  void two_consoles_that_see_the_same_fleet_choose_the_same_names() {
    work(1, 10);
    work(3, 10);
    look(policy(0, 10, 0), 1);
    List<String> first = created();
    memory = ScalerMemory.NONE;
    look(policy(0, 10, 0), 1);
    assertThat(created()).isEqualTo(first).containsExactly("class-us-central1-a-2");
  }

  @Test
  void a_slot_that_another_console_filled_counts_as_filled() {
    look(policy(1, 10, 0), 0);
    settle(new Outcome.Adopted());
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
    vms.add(FleetVms.slot(1, Health.STARTING, 0, 10));
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
    assertThat(memory.flights()).isEmpty();
  }

  @Test
  void a_name_that_somebody_outside_the_fleet_has_is_passed_over() {
    look(policy(1, 10, 0), 0);
    settle(new Outcome.Adopted());
    ticker.pass(Duration.ofSeconds(61));
    look(policy(1, 10, 0), 0);
    assertThat(created()).containsExactly("class-us-central1-a-2");
  }

  @Test
  void a_vm_that_was_made_while_the_list_stays_away_counts_until_a_list_says_otherwise() {
    work(1, 10);
    look(policy(1, 2, 0), 1);
    settle(new Outcome.Made());
    lists = false;
    ticker.pass(Duration.ofMinutes(20));
    look(policy(1, 2, 0), 5);
    assertThat(created()).as("two there are, and two are allowed").isEmpty();
    lists = true;
    look(policy(1, 2, 0), 5);
    assertThat(created()).as("the list does not show it").hasSize(1);
  }

  @Test
  void a_zone_without_room_moves_on_to_the_next_and_is_named() {
    look(policy(1, 10, 0), 0);
    settle(new Outcome.NoRoom(full));
    look(policy(1, 10, 0), 0);
    assertThat(created()).containsExactly("class-us-central1-b-1");
    assertThat(step.creations().getFirst().tried()).containsExactly("us-central1-a");
  }

  @Test
  void no_room_anywhere_is_one_sentence_and_is_tried_again() {
    ScalingPolicy policy = policy(1, 10, 0);
    for (int zone = 0; zone < 2; zone++) {
      look(policy, 0);
      settle(new Outcome.NoRoom(full));
    }
    look(policy, 0);
    assertThat(refusal())
        .isEqualTo(
            "No VM can be created: no room in us-central1-a, us-central1-b; the first is tried"
                + " again in 300 s");
    ticker.pass(Duration.ofMinutes(5));
    look(policy, 0);
    assertThat(created()).containsExactly("class-us-central1-a-1");
  }

  @Test
  void standard_machines_are_taken_where_no_zone_has_spot() {
    ScalingPolicy policy = policy(1, 10, 0, Provisioning.SPOT_THEN_STANDARD, 0, 0);
    List<Boolean> spot = new ArrayList<>();
    for (int place = 0; place < 3; place++) {
      look(policy, 0);
      spot.add(step.creations().getFirst().spot());
      settle(new Outcome.NoRoom(full));
    }
    assertThat(spot).containsExactly(true, true, false);
  }

  @Test
  void the_maximum_is_named() {
    work(1, 10);
    look(policy(0, 1, 0), 3);
    assertThat(refusal())
        .isEqualTo("No VM can be created: the fleet has 1 VMs and its policy allows 1");
  }

  @Test
  void the_hourly_budget_is_named_with_what_it_would_come_to() {
    vms.add(FleetVms.vm("vm-1", Health.HEALTHY, 10, 10, Map.of(), 0.02));
    look(policy(0, 10, 0, Provisioning.STANDARD, 0.03, 0), 1);
    assertThat(refusal())
        .isEqualTo(
            "No VM can be created: another VM would bring the fleet to $0.04 an hour, and the policy"
                + " allows $0.03");
  }

  @Test
  void the_total_budget_counts_what_was_spent_and_what_run_limits_could_still_cost() {
    price = OptionalDouble.of(1);
    ScalingPolicy policy = policy(2, 10, 0, Provisioning.STANDARD, 0, 15);
    look(policy, 0);
    assertThat(created()).as("a VM may cost $8 until its limit").hasSize(1);
    settle(new Outcome.Made());
    vms.add(
        FleetVms.vm("class-us-central1-a-1", Health.HEALTHY, 0, 10, Map.of("podium-slot", "1"), 1));
    ticker.pass(Duration.ofHours(2));
    look(policy, 0);
    assertThat(refusal()).contains("$18.00 ($2.00 spent, $16.00 if all run to their limit)");
  }

  @Test
  void with_a_budget_nothing_is_made_before_its_price_is_known() {
    price = OptionalDouble.empty();
    look(policy(1, 10, 0, Provisioning.STANDARD, 5, 0), 0);
    assertThat(refusal()).contains("the price of e2-small in us-central1-a is not known yet");
  }

  @Test
  void after_vms_that_never_became_ready_the_pauses_grow() {
    ScalingPolicy policy = policy(1, 10, 0);
    never(policy);
    assertThat(refusal()).contains("never became ready");
    ticker.pass(Duration.ofSeconds(59));
    assertThat(look(policy, 0).creations()).isEmpty();
    ticker.pass(Duration.ofSeconds(1));
    look(policy, 0);
    assertThat(created()).hasSize(1);
    settle(new Outcome.Made());
    never(policy);
    ticker.pass(Duration.ofSeconds(119));
    assertThat(look(policy, 0).creations()).isEmpty();
  }

  @Test
  void a_vm_that_somebody_destroys_while_it_starts_is_no_reason_to_pause() {
    ScalingPolicy policy = policy(1, 10, 0);
    starting(policy);
    vms.clear();
    vms.add(FleetVms.slot(1, Health.DELETING, 0, 10));
    look(policy, 0);
    assertThat(created()).as("another takes its place at once").hasSize(1);
  }

  @Test
  void a_vm_that_is_gone_between_two_looks_is_no_reason_to_pause() {
    ScalingPolicy policy = policy(1, 10, 0);
    starting(policy);
    vms.clear();
    look(policy, 0);
    assertThat(created()).hasSize(1);
  }

  /// The slot's VM comes up and is not ready yet.
  private void starting(ScalingPolicy policy) {
    look(policy, 0);
    settle(new Outcome.Made());
    vms.add(FleetVms.slot(1, Health.STARTING, 0, 10));
    look(policy, 0);
  }

  /// The slot's VM comes up and is condemned.
  private void never(ScalingPolicy policy) {
    settle(new Outcome.Made());
    vms.clear();
    vms.add(FleetVms.slot(1, Health.STARTING, 0, 10));
    look(policy, 0);
    vms.clear();
    vms.add(FleetVms.slot(1, Health.CONDEMNED, 0, 10));
    look(policy, 0);
    vms.clear();
    look(policy, 0);
  }

  @Test
  void at_most_three_vms_an_hour_never_become_ready() {
    ScalingPolicy policy = policy(1, 10, 0);
    int made = 0;
    for (int minute = 0; minute < 60; minute++) {
      look(policy, 0);
      if (!created().isEmpty()) {
        made++;
        never(policy);
      }
      ticker.pass(Duration.ofMinutes(1));
    }
    assertThat(made).isEqualTo(3);
  }

  @Test
  void while_none_has_shown_that_it_works_three_start_at_once() {
    look(policy(8, 10, 0), 0);
    assertThat(created()).hasSize(3);
    settle(new Outcome.Made());
    for (int number = 1; number <= 3; number++) {
      work(number, 0);
    }
    look(policy(8, 10, 0), 0);
    assertThat(created()).hasSize(3);
  }

  @Test
  void a_console_that_has_not_read_the_fleet_since_it_woke_does_nothing() {
    fresh = false;
    look(policy(5, 10, 0), 3);
    assertThat(created()).isEmpty();
    assertThat(step.vmsToKeep()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void a_console_in_doubt_replaces_nothing_but_helps_who_waits() {
    calm = false;
    look(policy(1, 10, 0), 0);
    assertThat(created()).isEmpty();
    look(policy(1, 10, 0), 1);
    assertThat(created()).hasSize(1);
  }

  @Test
  void what_may_be_drained_is_never_missed_afterwards() {
    work(1, 10);
    work(2, 3);
    work(3, 0);
    ScalingPolicy policy = policy(0, 10, 8);
    assertThat(look(policy, 0).vmsToKeep()).as("without the third 7 seats are free").isEqualTo(3);
    policy = policy(0, 10, 7);
    assertThat(look(policy, 0).vmsToKeep()).isEqualTo(2);
    vms.removeLast();
    look(policy, 0);
    assertThat(created()).isEmpty();
  }

  @Test
  void dead_vms_do_not_count_as_the_minimum() {
    vms.add(FleetVms.slot(1, Health.UNREACHABLE, 0, 10));
    look(policy(1, 10, 0), 0);
    assertThat(created()).containsExactly("class-us-central1-a-2");
  }
}

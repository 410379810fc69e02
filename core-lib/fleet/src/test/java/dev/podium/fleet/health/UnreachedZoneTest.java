package dev.podium.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Compute Engine does not reach one zone: its VMs stay as they are, and the rest goes on.
class UnreachedZoneTest {
  private static final Set<String> B = Set.of("us-central1-b");

  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final RecordedEffects effects = new RecordedEffects();
  private final Vm near = vm("1", "near", "us-central1-a");
  private final Vm far = vm("2", "far", "us-central1-b");
  private long sequence;
  private MonitorTicked ticked = new MonitorTicked(ticker.cloud(), 0, Optional.empty(), false);
  private final List<String> told = new ArrayList<>();

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

  UnreachedZoneTest() {
    var _ =
        events.subscribe(event -> {
          if (event instanceof MonitorTicked tick) {
            ticked = tick;
          } else if (event instanceof Activity activity && activity.vm().isEmpty()) {
            told.add(activity.sentence());
          }
        });
  }

  private static Vm vm(String id, String name, String zone) {
    return VmBuilder.vm(id, name)
        .zone(zone)
        .address("10.0.0." + id)
        .labels(Map.of(Labels.FLEET, "f"))
        .build();
  }

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private void beat(Vm vm, int people) {
    watch.heard(
        new Pulse.Heartbeat(
            vm.name().value(),
            vm.id(),
            "b",
            ++sequence,
            "",
            people,
            50,
            1,
            true,
            false,
            List.of(),
            List.of(),
            0),
        ticker.wall(),
        now());
  }

  private FleetVm shown(Vm vm) {
    return events.fleet().stream().filter(one -> one.vm().id().equals(vm.id())).findFirst().get();
  }

  /// Both are well and heard of.
  private void begin() {
    watch.tick(now());
    watch.listed(List.of(near, far), now());
    pass(Duration.ofSeconds(5), List.of(near, far), VmList.whole(List.of(near, far)));
  }

  /// Every 5 s the console ticks and hears itself, a list comes, and those VMs beat.
  private void pass(Duration span, List<Vm> heard, VmList list) {
    for (long second = 0; second < span.toSeconds(); second += 5) {
      ticker.pass(Duration.ofMillis(2_400));
      watch.tick(now());
      ticker.pass(Duration.ofSeconds(2));
      effects.sent.stream()
          .filter(Pulse.Canary.class::isInstance)
          .reduce((_, last) -> last)
          .ifPresent(canary -> watch.heard(canary, ticker.wall(), now()));
      heard.forEach(vm -> beat(vm, 3));
      list.vms().stream()
          .filter(vm -> !heard.contains(vm))
          .forEach(vm ->
              watch.probed(vm.id(), new HealthProbe.Result.Silent("no answer in 5 s"), now()));
      watch.listed(list, now());
      ticker.pass(Duration.ofMillis(600));
      watch.tick(now());
    }
  }

  @Test
  void its_vms_stay_unknown_with_what_was_seen_last_and_nothing_ends_for_it() {
    begin();
    pass(Duration.ofHours(2), List.of(near), new VmList(List.of(near), B));

    assertThat(shown(far).health()).isEqualTo(Health.UNKNOWN);
    assertThat(shown(far).verdict().reason())
        .isEqualTo("unknown: Compute Engine does not reach us-central1-b");
    assertThat(shown(far).participants().present()).isEqualTo(3);
    assertThat(shown(near).health()).isEqualTo(Health.HEALTHY);
    assertThat(effects.sought).as("not taken for gone").isEmpty();
    assertThat(effects.ends).isEmpty();
    assertThat(ticked.doubt()).as("it says nothing of the console's own ears").isZero();
    assertThat(ticked.banner().orElse("")).contains("does not reach us-central1-b");
    assertThat(told).filteredOn(one -> one.contains("us-central1-b")).hasSize(1);
  }

  @Test
  void what_its_vms_say_meanwhile_is_shown_and_decides_nothing() {
    begin();
    pass(Duration.ofMinutes(1), List.of(near), new VmList(List.of(near), B));
    beat(far, 7);

    assertThat(shown(far).health()).isEqualTo(Health.UNKNOWN);
    assertThat(shown(far).participants().present()).isEqualTo(7);
  }

  @Test
  void when_it_answers_again_its_vms_are_judged_afresh_and_one_that_is_gone_is_looked_for() {
    begin();
    pass(Duration.ofHours(1), List.of(near), new VmList(List.of(near), B));
    pass(Duration.ofSeconds(10), List.of(near, far), VmList.whole(List.of(near, far)));
    assertThat(shown(far).health()).isEqualTo(Health.HEALTHY);
    assertThat(told).last().isEqualTo("Compute Engine reaches every zone again");

    watch.listed(new VmList(List.of(near), B), now());
    watch.listed(List.of(near), now());
    assertThat(effects.sought).extracting(Vm::id).containsExactly("2");
  }

  @Test
  void a_vm_elsewhere_still_ends_for_its_health() {
    begin();
    pass(Duration.ofMinutes(10), List.of(near), new VmList(List.of(near), B));
    pass(Duration.ofMinutes(90), List.of(), new VmList(List.of(near), B));

    assertThat(effects.ends).contains(End.DELETE_DEAD);
    LastLook.Ask.Consent asked = new LastLook.Ask.Consent(near, Optional.empty());
    assertThat(watch.objection(asked, End.DELETE_DEAD, now()).orElse("")).doesNotContain("zone");
  }

  @Test
  void a_vm_that_nobody_ever_saw_there_does_not_make_the_list_be_read_again_and_again() {
    begin();
    watch.listed(new VmList(List.of(near), B), now());
    ticker.pass(Duration.ofSeconds(1));
    watch.tick(now());
    int before = effects.lists;
    for (int i = 0; i < 5; i++) {
      beat(vm("9", "stranger", "us-central1-b"), 0);
      ticker.pass(Duration.ofSeconds(1));
      watch.tick(now());
    }
    assertThat(effects.lists).isEqualTo(before);
  }
}

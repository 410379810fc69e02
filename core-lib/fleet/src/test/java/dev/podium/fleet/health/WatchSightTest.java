package dev.podium.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What a watch makes of its own ears and clock, and of images that are old.
class WatchSightTest {
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

  private void onTick(Consumer<FleetEvent.MonitorTicked> listener) {
    events.subscribe(event -> {
      if (event instanceof FleetEvent.MonitorTicked ticked) {
        listener.accept(ticked);
      }
    });
  }

  @Test
  void while_the_console_hears_not_even_itself_its_vms_are_unknown_and_not_healthy() {
    List<Optional<String>> banners = new ArrayList<>();
    onTick(ticked -> banners.add(ticked.banner()));
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    beat();
    for (int second = 0; second < 60; second++) {
      tick(Duration.ofSeconds(1));
    }
    assertThat(only().health()).isEqualTo(Health.UNKNOWN);
    assertThat(only().verdict().reason()).contains("no heartbeat reaches this computer");
    assertThat(banners.getLast().orElseThrow()).contains("not even its own message");
    effects.lastCanary().ifPresent(canary -> watch.heard(canary, ticker.wall(), now()));
    beat();
    tick(Duration.ofSeconds(1));
    assertThat(only().health()).isEqualTo(Health.HEALTHY);
    assertThat(banners.getLast().orElse("")).doesNotContain("No heartbeat");
  }

  @Test
  void where_the_console_hears_itself_a_silent_vm_is_suspect() {
    watch.listed(List.of(vm), now());
    tick(Duration.ofSeconds(1));
    beat();
    for (int second = 0; second < 60; second++) {
      tick(Duration.ofSeconds(1));
      effects.lastCanary().ifPresent(canary -> watch.heard(canary, ticker.wall(), now()));
    }
    assertThat(only().health()).isEqualTo(Health.SUSPECT);
  }

  @Test
  void a_clock_that_is_two_hours_off_is_told_once() {
    List<Optional<String>> banners = new ArrayList<>();
    onTick(ticked -> banners.add(ticked.banner()));
    List<FleetEvent.Activity> told = new ArrayList<>();
    events.subscribe(event -> {
      if (event instanceof FleetEvent.Activity line && line.sentence().contains("clock")) {
        told.add(line);
      }
    });
    for (int second = 0; second < 5; second++) {
      ticker.pass(Duration.ofSeconds(1));
      watch.tick(new ClockReading(ticker.nanos(), ticker.wall(), Duration.ofHours(-2)));
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().sentence()).contains("2 h ahead of the cloud's");
    assertThat(told.getFirst().at()).isEqualTo(ticker.wall().minusSeconds(4).minusSeconds(7_200));
    assertThat(banners.getLast()).isPresent();
  }

  @Test
  void vms_of_an_old_image_are_replaced_a_bounded_number_of_times() {
    List<String> told = new ArrayList<>();
    events.subscribe(event -> {
      if (event instanceof FleetEvent.Activity line && line.sentence().contains("image")) {
        told.add(line.sentence());
      }
    });
    List<Boolean> outdated = new ArrayList<>();
    for (int id = 1; id <= 5; id++) {
      Vm made = VmBuilder.vm(Integer.toString(id), "vm-" + id).image("lab").build();
      watch.created(made, now());
      watch.neverSigns(made.id(), now());
      watch.neverSigns(made.id(), now());
      watch.found(made, now());
      outdated.add(watch.record(made.id()).orElseThrow().vm().outdated());
    }
    assertThat(outdated).containsExactly(true, true, false, false, false);
    assertThat(told).hasSize(3).allMatch(line -> line.contains("the image 'lab' is old"));
    assertThat(told.getLast()).contains("others stay");
  }

  @Test
  void a_vm_that_signs_after_all_is_not_outdated() {
    Vm made = VmBuilder.vm("5", "vm-5").image("lab").build();
    watch.created(made, now());
    watch.neverSigns("5", now());
    watch.enrolled("5");
    watch.found(made, now());
    assertThat(watch.record("5").orElseThrow().vm().outdated()).isFalse();
  }
}

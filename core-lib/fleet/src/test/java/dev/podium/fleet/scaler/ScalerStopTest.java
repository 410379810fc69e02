package dev.podium.fleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.FleetSizing.WatchStatus;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// VMs that Pub/Sub does not let in are not made anew in a loop.
class ScalerStopTest {
  private final ManualTicker ticker = new ManualTicker();
  private final List<Scaler.Creation> created = new ArrayList<>();
  private final List<Activity> told = new ArrayList<>();
  private final EventStream events = new EventStream();
  private final Scaling scaling =
      new Scaling(
          "class",
          ScalerStopTest::policy,
          events,
          new NobodyWaits(),
          (_, _) -> OptionalDouble.of(0.02),
          (creation, _) -> created.add(creation),
          SpendingLedger.none());

  @BeforeEach
  void listen() {
    var _ =
        events.subscribe(event -> {
          if (event instanceof Activity activity && activity.level() != Level.INFO) {
            told.add(activity);
          }
        });
  }

  private FleetVm slot(int number, Health health, Optional<AccessProblem> access) {
    FleetVm vm = FleetVms.slot(number, health, 0, 10);
    return new FleetVm(
        VmBuilder.like(vm.vm()).created(ticker.cloud()).build(),
        vm.verdict(),
        vm.participants(),
        vm.idle(),
        vm.lastHeartbeat(),
        0.02,
        true,
        access);
  }

  private void shutOut(int number) {
    is(slot(number, Health.BROKEN, Optional.of(AccessProblem.ROLE_MISSING)));
  }

  private void is(FleetVm vm) {
    events.publish(new FleetEvent.VmChanged(vm));
  }

  private void gone(int number) {
    FleetVm vm = FleetVms.slot(number, Health.BROKEN, 0, 10);
    events.publish(new FleetEvent.VmGone(vm.name(), vm.vm().id(), "its run limit"));
  }

  private void look(Duration span) {
    for (long minute = 0; minute < span.toMinutes(); minute++) {
      ticker.pass(Duration.ofMinutes(1));
      scaling.vmsToKeep(new WatchStatus(true, ticker.nanos(), 0, true), ClockReading.of(ticker));
    }
  }

  @Test
  void nothing_is_made_for_hours_and_why_is_told_once() {
    shutOut(1);
    look(Duration.ofHours(3));
    gone(1);
    look(Duration.ofHours(3));

    assertThat(created).isEmpty();
    assertThat(scaling.stopped().map(PodiumException::code)).contains("not_permitted");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().actor()).isEqualTo(Actor.SCALER);
    assertThat(told.getFirst().sentence()).contains("roles/podiumVm");
  }

  @Test
  void it_goes_on_by_itself_when_a_vm_that_was_shut_out_works() {
    shutOut(1);
    look(Duration.ofMinutes(5));
    is(slot(1, Health.HEALTHY, Optional.empty()));
    look(Duration.ofMinutes(1));

    assertThat(scaling.stopped()).isEmpty();
    assertThat(created).hasSize(1);
  }

  @Test
  void it_goes_on_when_a_vm_that_somebody_made_since_works() {
    is(slot(7, Health.HEALTHY, Optional.empty()));
    shutOut(1);
    look(Duration.ofMinutes(5));
    assertThat(scaling.stopped()).as("one of before proves nothing").isPresent();
    is(slot(8, Health.IDLE, Optional.empty()));
    shutOut(2);
    look(Duration.ofMinutes(1));

    assertThat(scaling.stopped()).isEmpty();
  }

  @Test
  void it_goes_on_when_the_operator_says_so_and_stops_again_only_for_another_vm() {
    shutOut(1);
    look(Duration.ofMinutes(5));
    scaling.resume(ClockReading.of(ticker));
    look(Duration.ofMinutes(1));
    assertThat(scaling.stopped()).isEmpty();
    assertThat(created).hasSize(2);

    shutOut(2);
    look(Duration.ofMinutes(1));
    assertThat(scaling.stopped()).isPresent();
    assertThat(told).hasSize(2);
  }

  private static ScalingPolicy policy() {
    return new ScalingPolicy(
        2,
        10,
        10,
        0,
        Duration.ofMinutes(30),
        List.of("us-central1-a"),
        "e2-small",
        "image",
        ScalingPolicy.Provisioning.STANDARD,
        Duration.ofHours(8),
        0,
        0);
  }
}

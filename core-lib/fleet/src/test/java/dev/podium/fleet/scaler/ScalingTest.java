package dev.podium.fleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.FleetSizing.WatchStatus;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final int SEATS = 10;

  private final ManualTicker ticker = new ManualTicker();
  private final List<Scaler.Creation> created = new ArrayList<>();
  private final EventStream events = new EventStream();
  private final Scaling scaling =
      new Scaling(
          "class",
          ScalingTest::policy,
          events,
          new NobodyWaits(),
          (_, _) -> OptionalDouble.of(0.02),
          (creation, _) -> created.add(creation),
          SpendingLedger.none());

  /// So many that work that many more may start at once, and no seat on them is free.
  @BeforeEach
  void fill() {
    for (int number = 1; number <= 60; number++) {
      events.publish(new FleetEvent.VmChanged(FleetVms.slot(number, Health.HEALTHY, SEATS, SEATS)));
    }
  }

  @Test
  void one_vms_word_makes_the_fleet_grow_by_200_seats_at_most() {
    want("vm-1", Integer.MAX_VALUE);
    want("vm-1", Integer.MAX_VALUE);
    assertThat(missing()).isEqualTo(200 / SEATS);
  }

  @Test
  void what_is_wanted_at_several_doors_is_added_without_an_overflow() {
    want("vm-1", Integer.MAX_VALUE);
    want("vm-2", Integer.MAX_VALUE);
    want("vm-3", 15);
    assertThat(missing()).isEqualTo((200 + 200 + 15) / SEATS + 1);
  }

  @Test
  void nobody_waits_where_a_negative_number_does() {
    want("vm-1", 30);
    want("vm-1", -5);
    assertThat(missing()).isZero();
  }

  private void want(String vm, int waiting) {
    scaling.seatsWanted(new Pulse.SeatsWanted(vm, waiting, Optional.empty()), now());
  }

  private int missing() {
    scaling.vmsToKeep(new WatchStatus(true, ticker.nanos(), 0, true), now());
    return created.size();
  }

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private static ScalingPolicy policy() {
    return new ScalingPolicy(
        0,
        1_000,
        SEATS,
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

package dev.podium.fleet.health.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.Observation.Beat;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlausibleBeatsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final RecordUpdates updates = new RecordUpdates(new Usage(Duration.ofMinutes(30)));
  private final Vm made = VmBuilder.vm("77", "vm-1").created(ticker.wall()).seats(50).build();
  private VmRecord vm = VmRecord.found(made, true, Health.STARTING, "new", now());

  @Test
  void a_number_that_jumps_further_than_time_allows_is_not_believed() {
    ticker.pass(Duration.ofSeconds(10));
    beat(1, 0, 50, 0);
    beat(1_000_000_000_000L, 9, 50, 0);
    assertThat(vm.participants()).isZero();
    ticker.pass(Duration.ofSeconds(5));
    beat(2, 3, 50, 0);
    assertThat(vm.participants()).isEqualTo(3);
  }

  @Test
  void the_first_number_that_is_heard_is_held_against_the_vms_age() {
    ticker.pass(Duration.ofSeconds(10));
    beat(5_000, 9, 50, 0);
    assertThat(vm.heartbeats().last()).isEmpty();
    ticker.pass(Duration.ofHours(1));
    beat(5_000, 9, 50, 0);
    assertThat(vm.participants()).isEqualTo(9);
  }

  @Test
  void a_forged_number_before_the_key_is_known_does_not_mute_the_vm_afterwards() {
    ticker.pass(Duration.ofSeconds(10));
    beat(300, 9, 50, 0);
    vm = RecordUpdates.enrolled(vm);
    ticker.pass(Duration.ofSeconds(5));
    beat(3, 1, 50, 0);
    assertThat(vm.participants()).isEqualTo(1);
  }

  @Test
  void no_vm_has_more_seats_than_it_was_made_with_nor_more_people_than_those_take() {
    ticker.pass(Duration.ofSeconds(10));
    beat(1, 1_000_000, 1_000_000, -7);
    Pulse.Heartbeat heard = vm.heartbeats().last().orElseThrow();
    assertThat(heard.seats()).isEqualTo(50);
    assertThat(heard.participants()).isEqualTo(100);
    assertThat(heard.idleSeconds()).isZero();
  }

  private void beat(long sequence, int participants, int seats, long idleSeconds) {
    Pulse.Heartbeat beat =
        new Pulse.Heartbeat(
            "vm-1",
            "77",
            "boot",
            sequence,
            "",
            participants,
            seats,
            idleSeconds,
            true,
            false,
            List.of(),
            List.of(),
            0);
    vm = updates.beat(vm, new Beat(beat, ticker.wall()), now());
  }

  private ClockReading now() {
    return ClockReading.of(ticker);
  }
}

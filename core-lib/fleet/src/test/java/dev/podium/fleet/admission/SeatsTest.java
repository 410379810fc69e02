package dev.podium.fleet.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SeatsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final AtomicInteger asked = new AtomicInteger();

  private SeatQueue queue(Duration patience) {
    return new SeatQueue(events, ticker, patience);
  }

  private Seats seats(SeatQueue queue) {
    return new Seats(
        queue,
        asked::incrementAndGet,
        name ->
            name.value().equals("vm-1") ? Optional.of(List.of("us-central1-a")) : Optional.empty());
  }

  private void ready(String name, int present, int seats) {
    events.publish(new FleetEvent.VmChanged(FleetVms.vm(name, Health.HEALTHY, present, seats)));
  }

  @Test
  void who_finds_no_seat_waits_and_the_scaler_is_asked_at_once() {
    try (SeatQueue queue = queue(Duration.ofMinutes(1))) {
      Seats seats = seats(queue);
      CompletableFuture<Seats.Seat> seat = seats.take();
      assertThat(queue.waiting()).isEqualTo(1);
      assertThat(asked).hasValue(1);
      ready("vm-1", 0, 1);
      assertThat(seat.join().zonesTried()).containsExactly("us-central1-a");
      assertThat(queue.waiting()).isZero();
    }
  }

  @Test
  void who_waits_hears_why_no_vm_is_made() {
    try (SeatQueue queue = queue(Duration.ofMinutes(1))) {
      Seats seats = seats(queue);
      CompletableFuture<Seats.Seat> seat = seats.take();
      queue.refused(
          new PodiumException.QuotaExceeded("No VM is made", "CPUS: 8 of 8", "Ask.", null));
      assertThatThrownBy(seat::join).hasRootCauseInstanceOf(PodiumException.QuotaExceeded.class);
    }
  }

  @Test
  void who_waited_too_long_is_told_so_and_takes_no_seat_from_the_next() {
    try (SeatQueue queue = queue(Duration.ofMillis(300))) {
      Seats seats = seats(queue);
      CompletableFuture<Seats.Seat> late = seats.take();
      await().until(late::isDone);
      assertThat(late.exceptionNow()).isInstanceOf(PodiumException.Unavailable.class);
      ready("vm-1", 0, 1);
      assertThat(seats.take().join().vm().name().value()).isEqualTo("vm-1");
    }
  }

  @Test
  void who_gave_up_waits_no_more_and_takes_no_seat_from_the_next() {
    try (SeatQueue queue = queue(Duration.ofMinutes(1))) {
      Seats seats = seats(queue);
      // A caller holds a stage that was made of the seat, and gives that up.
      CompletableFuture<String> left = seats.take().thenApply(seat -> seat.vm().name().value());
      left.cancel(true);
      assertThat(queue.waiting()).isZero();
      CompletableFuture<Seats.Seat> next = seats.take();
      assertThat(queue.waiting()).isEqualTo(1);
      ready("vm-1", 0, 1);
      assertThat(next.join().vm().name().value()).isEqualTo("vm-1");
      assertThat(queue.reserved()).isEqualTo(Map.of("id-vm-1", 1));
    }
  }

  @Test
  void a_seat_that_was_handed_out_is_reserved_until_somebody_sits_there() {
    try (SeatQueue queue = queue(Duration.ofMinutes(1))) {
      Seats seats = seats(queue);
      ready("vm-2", 0, 5);
      assertThat(seats.take().join().created()).isFalse();
      seats.take().join();
      assertThat(queue.reserved()).isEqualTo(Map.of("id-vm-2", 2));
      ready("vm-2", 1, 5);
      assertThat(queue.reserved()).isEqualTo(Map.of("id-vm-2", 1));
      ticker.pass(Duration.ofSeconds(31));
      assertThat(queue.reserved()).isEqualTo(Map.of("id-vm-2", 0));
    }
  }
}

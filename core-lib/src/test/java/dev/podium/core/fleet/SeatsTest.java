package dev.podium.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.model.Health;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.VmName;
import dev.podium.core.testing.ManualTicker;
import dev.podium.core.testing.MemoryCloud;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SeatsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final AtomicInteger creations = new AtomicInteger();

  private Seats seats(int maximum, Duration patience, Supplier<VmCreation.Going> create) {
    FleetPolicy usual = FleetPolicy.defaults(Duration.ofMinutes(30));
    FleetPolicy policy =
        new FleetPolicy(
            0,
            maximum,
            1,
            0,
            usual.idle(),
            List.of("us-central1-a"),
            usual.machineType(),
            usual.image(),
            FleetPolicy.Provisioning.STANDARD,
            usual.runLimit(),
            0,
            0);
    return new Seats(
        events,
        ticker,
        () -> policy,
        new Prices(new MemoryCloud(ticker::wall)),
        () -> {
          creations.incrementAndGet();
          return create.get();
        },
        patience,
        new Journal(events, ticker, Actor.OPERATOR));
  }

  private static VmCreation.Going coming() {
    return VmCreation.Going.of(new VmName("vm-1"));
  }

  private static VmCreation.Going fail() {
    throw new PodiumException.QuotaExceeded("The VM was not created", "CPUS: 8 of 8", "Ask.", null);
  }

  @Test
  void two_who_ask_at_once_do_not_make_more_vms_than_the_policy_allows() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    Supplier<VmCreation.Going> slow =
        () -> {
          try {
            accepted.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return coming();
        };
    try (Seats seats = seats(1, Duration.ofMinutes(1), slow)) {
      Thread first = inBackground(seats);
      await().until(() -> creations.get() == 1);
      Thread second = inBackground(seats);
      assertThat(second.join(Duration.ofSeconds(5))).isTrue();
      seats.wanted(1);
      assertThat(creations).hasValue(1);
      accepted.countDown();
      first.join();
      assertThat(creations).hasValue(1);
    }
  }

  private static Thread inBackground(Seats seats) {
    return Thread.ofVirtual()
        .start(
            () -> {
              var _ = seats.take();
            });
  }

  @Test
  void a_creation_that_failed_gives_its_place_back() {
    try (Seats seats = seats(1, Duration.ofMinutes(1), SeatsTest::fail)) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        CompletableFuture<Seats.Seat> seat = seats.take();
        assertThatThrownBy(seat::join).hasRootCauseInstanceOf(PodiumException.QuotaExceeded.class);
        assertThat(creations).hasValue(attempt);
      }
    }
  }

  @Test
  void a_front_door_that_knocks_does_not_repeat_what_just_failed() {
    try (Seats seats = seats(5, Duration.ofMinutes(1), SeatsTest::fail)) {
      knock(seats);
      assertThat(creations).hasValue(1);
      ticker.pass(Duration.ofSeconds(61));
      knock(seats);
      assertThat(creations).hasValue(2);
      ticker.pass(Duration.ofSeconds(61));
      knock(seats);
      assertThat(creations).as("the second pause is longer").hasValue(2);
    }
  }

  private static void knock(Seats seats) {
    for (int knock = 0; knock < 5; knock++) {
      seats.wanted(1);
    }
  }

  @Test
  void who_waited_too_long_is_told_so_and_takes_no_seat_from_the_next() {
    try (Seats seats = seats(1, Duration.ofMillis(300), SeatsTest::coming)) {
      CompletableFuture<Seats.Seat> late = seats.take();
      await().until(late::isDone);
      assertThat(late.exceptionNow()).isInstanceOf(PodiumException.Unavailable.class);
      events.publish(new FleetEvent.VmChanged(FleetVms.vm("vm-1", Health.IDLE, 1)));
      Seats.Seat seat = seats.take().join();
      assertThat(seat.vm().name().value()).isEqualTo("vm-1");
    }
  }
}

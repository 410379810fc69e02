package dev.podium.wire.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AckTimersTest {
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void close() {
    timers.shutdownNow();
  }

  @Test
  void an_idle_subscription_is_looked_at_once_a_second() {
    everyTenthOfASecond(new AckTimers(timers, true));
    assertThat(delays()).singleElement().satisfies(delay -> assertThat(delay).isGreaterThan(500));
  }

  @Test
  void what_came_is_acknowledged_when_the_library_would() {
    AckTimers acks = new AckTimers(timers, true);
    everyTenthOfASecond(acks);
    acks.acknowledged();
    acks.acknowledged();
    assertThat(delays())
        .hasSize(2)
        .first()
        .satisfies(next -> assertThat(next).isLessThanOrEqualTo(100L));
  }

  @Test
  void what_need_not_be_soon_goes_with_the_look_of_each_second() {
    AckTimers acks = new AckTimers(timers, false);
    everyTenthOfASecond(acks);
    acks.acknowledged();
    assertThat(delays()).singleElement().satisfies(delay -> assertThat(delay).isGreaterThan(500));
  }

  @Test
  void other_alarms_come_when_they_were_wanted() {
    AckTimers acks = new AckTimers(timers, true);
    ScheduledFuture<?> slow = acks.scheduleWithFixedDelay(() -> {}, 30, 30, TimeUnit.SECONDS);
    ScheduledFuture<?> once = acks.schedule(() -> {}, 20, TimeUnit.SECONDS);
    assertThat(slow.getDelay(TimeUnit.SECONDS)).isBetween(25L, 30L);
    assertThat(once.getDelay(TimeUnit.SECONDS)).isBetween(15L, 20L);
  }

  @Test
  void the_owner_alone_ends_the_thread() {
    AckTimers acks = new AckTimers(timers, true);
    acks.shutdown();
    assertThat(acks.shutdownNow()).isEmpty();
    assertThat(timers.isShutdown()).isFalse();
    timers.shutdownNow();
    acks.acknowledged();
    assertThat(acks.isShutdown()).isTrue();
  }

  private static void everyTenthOfASecond(AckTimers acks) {
    ScheduledFuture<?> job = acks.scheduleWithFixedDelay(() -> {}, 100, 100, TimeUnit.MILLISECONDS);
    assertThat(job.isCancelled()).isFalse();
  }

  /// Of what is to be run, the next first; in milliseconds.
  private List<Long> delays() {
    return timers.getQueue().stream()
        .map(task -> ((Delayed) task).getDelay(TimeUnit.MILLISECONDS))
        .sorted()
        .toList();
  }
}

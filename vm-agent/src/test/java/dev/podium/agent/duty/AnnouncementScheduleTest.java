package dev.podium.agent.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnnouncementScheduleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AnnouncementSchedule schedule = new AnnouncementSchedule();

  @Test
  void nothing_is_due_until_somebody_asks() {
    assertThat(schedule.left(0)).isEmpty();
    schedule.ask(0, Duration.ZERO);
    assertThat(schedule.left(5)).hasValue(0);
    schedule.begun(5);
    assertThat(schedule.left(5)).isEmpty();
  }

  @Test
  void whoever_asks_gets_it_at_most_every_two_seconds() {
    schedule.begun(0);
    for (int asked = 0; asked < 1_000; asked++) {
      schedule.ask(SECOND, Duration.ZERO);
    }
    assertThat(schedule.left(SECOND)).hasValue(SECOND);
    schedule.ask(SECOND, Duration.ofSeconds(5));
    assertThat(schedule.left(SECOND)).as("the sooner of two").hasValue(SECOND);
  }

  @Test
  void what_failed_is_tried_again_ever_later_and_told_once() {
    assertThat(schedule.failed(0, 0.5)).isTrue();
    assertThat(schedule.left(0)).hasValue(SECOND);
    schedule.begun(SECOND);
    assertThat(schedule.failed(SECOND, 0.5)).isFalse();
    assertThat(schedule.left(SECOND)).hasValue(2 * SECOND);
    schedule.begun(3 * SECOND);
    schedule.succeeded();
    assertThat(schedule.failed(4 * SECOND, 0.5)).isTrue();
  }
}

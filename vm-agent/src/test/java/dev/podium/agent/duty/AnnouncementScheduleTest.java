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
    schedule.succeeded(3 * SECOND);
    assertThat(schedule.failed(4 * SECOND, 0.5)).isTrue();
  }

  @Test
  void what_was_shown_is_shown_again_after_a_minute_unless_a_roster_has_it() {
    schedule.ask(0, Duration.ZERO);
    assertThat(schedule.isForRoster()).isFalse();
    schedule.begun(0);
    schedule.succeeded(0);
    assertThat(schedule.left(0)).hasValue(60 * SECOND);
    assertThat(schedule.isForRoster()).isTrue();
    schedule.ask(30 * SECOND, Duration.ZERO);
    assertThat(schedule.left(30 * SECOND)).as("who asks need not wait").hasValue(0);
    assertThat(schedule.isForRoster()).as("and gets it, roster or not").isFalse();
    schedule.begun(30 * SECOND);
    schedule.succeeded(30 * SECOND);
    schedule.drop();
    assertThat(schedule.left(90 * SECOND)).as("a roster has it").isEmpty();
  }
}

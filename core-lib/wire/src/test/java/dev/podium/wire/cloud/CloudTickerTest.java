package dev.podium.wire.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class CloudTickerTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Instant START = Instant.parse("2026-05-01T10:00:00.700Z");

  private final Computer computer = new Computer();
  private final CloudTicker ticker = new CloudTicker(computer);

  @Test
  void before_the_first_answer_the_computers_clock_is_the_best_there_is() {
    assertThat(ticker.cloud()).isEqualTo(computer.wall());
  }

  @Test
  void a_console_two_hours_off_knows_the_cloud_s_time_to_a_second_after_one_answer() {
    computer.ahead = TWO_HOURS;
    answer(Duration.ofMillis(200));
    assertThat(Duration.between(ticker.cloud(), computer.cloud()).abs())
        .isLessThan(Duration.ofSeconds(1));
    assertThat(ticker.wall()).as("its own").isEqualTo(computer.wall());
  }

  @Test
  void several_answers_narrow_it() {
    computer.ahead = TWO_HOURS.negated();
    for (int i = 0; i < 20; i++) {
      answer(Duration.ofMillis(40));
      computer.pass(Duration.ofMillis(1_170));
    }
    assertThat(Duration.between(ticker.cloud(), computer.cloud()).abs())
        .isLessThan(Duration.ofMillis(150));
  }

  @Test
  void a_clock_that_is_set_right_is_believed_with_the_next_answer() {
    computer.ahead = TWO_HOURS;
    answer(Duration.ofMillis(200));
    computer.ahead = Duration.ZERO;
    answer(Duration.ofMillis(200));
    assertThat(ticker.cloudAhead().abs()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void an_answer_that_took_long_says_nothing() {
    computer.ahead = TWO_HOURS;
    answer(Duration.ofSeconds(30));
    assertThat(ticker.cloudAhead()).isZero();
  }

  /// Half of the time goes there, half back.
  private void answer(Duration took) {
    ClockReading asked = ClockReading.of(ticker);
    computer.pass(took.dividedBy(2));
    Instant date = computer.cloud().truncatedTo(ChronoUnit.SECONDS);
    computer.pass(took.dividedBy(2));
    ticker.answered(date, asked);
  }

  private static final class Computer implements Ticker {
    private long nanos = 5;
    private Duration ahead = Duration.ZERO;

    void pass(Duration span) {
      nanos += span.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant cloud() {
      return START.plusNanos(nanos);
    }

    @Override
    public Instant wall() {
      return cloud().plus(ahead);
    }
  }
}

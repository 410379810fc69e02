package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListTimesTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ListTimes lists = new ListTimes(HealthLimits.standard());

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private void comeEvery(Duration interval, Duration span) {
    for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; ) {
      ticker.pass(interval);
      passed = passed.plus(interval);
      assertThat(lists.due(now())).isTrue();
      lists.succeeded(now());
    }
  }

  @Test
  void the_list_is_steady_when_it_came_for_two_minutes_without_a_gap() {
    assertThat(lists.steady(now())).isFalse();
    comeEvery(Duration.ofSeconds(15), Duration.ofSeconds(120));
    assertThat(lists.steady(now())).as("the first came 15 s late").isFalse();
    comeEvery(Duration.ofSeconds(15), Duration.ofSeconds(15));
    assertThat(lists.steady(now())).isTrue();
    ticker.pass(Duration.ofMinutes(3));
    assertThat(lists.steady(now())).isFalse();
    comeEvery(Duration.ofSeconds(15), Duration.ofSeconds(120));
    assertThat(lists.steady(now())).as("it began anew").isFalse();
  }

  @Test
  void a_list_that_is_read_seldom_is_steady_too() {
    HealthLimits usual = HealthLimits.standard();
    HealthLimits.Watching often = usual.watching();
    HealthLimits.Watching seldom =
        new HealthLimits.Watching(
            often.heartbeat(),
            often.tick(),
            Duration.ofMinutes(5),
            often.probe(),
            often.probeTimeout());
    ListTimes rare =
        new ListTimes(
            new HealthLimits(seldom, usual.silence(), usual.use(), usual.observer(), usual.ends()));
    rare.succeeded(now());
    ticker.pass(Duration.ofMinutes(6));
    assertThat(rare.steady(now())).isTrue();
  }

  @Test
  void a_call_that_never_comes_back_counts_as_failed() {
    assertThat(lists.due(now())).isTrue();
    ticker.pass(Duration.ofSeconds(29));
    assertThat(lists.due(now())).isFalse();
    assertThat(lists.failures()).isZero();
    ticker.pass(Duration.ofSeconds(1));
    assertThat(lists.due(now())).isTrue();
    assertThat(lists.failures()).isEqualTo(1);
    assertThat(lists.failures()).isZero();
  }
}

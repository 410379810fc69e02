package dev.podium.wire.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest(name = "from {0} ms, times {1}, to {2} ms: after {3} failures {4} ms")
  @CsvSource({
    "1000, 2,   10000, 1,          1000",
    "1000, 2,   10000, 2,          2000",
    "1000, 2,   10000, 4,          8000",
    "1000, 2,   10000, 5,          10000",
    "1000, 2,   10000, 2147483647, 10000",
    "200,  1.5, 4000,  3,          450",
    "2000, 1,   2000,  7,          2000",
  })
  void a_pause_grows_with_the_failures_up_to_the_longest(
      long first, double growth, long longest, int failures, long pause) {
    Backoff backoff = new Backoff(millis(first), growth, millis(longest), 0);

    assertThat(backoff.after(failures)).isEqualTo(millis(pause));
    assertThat(backoff.after(failures, 0.9)).isEqualTo(millis(pause));
  }

  @ParameterizedTest(name = "at chance {0} it is {1} ms")
  @CsvSource({"0, 750", "0.5, 1000", "1, 1250"})
  void chance_spreads_a_pause_around_itself(double chance, long pause) {
    Backoff backoff = new Backoff(millis(500), 2, millis(1000), 0.25);

    assertThat(backoff.after(2, chance)).isEqualTo(millis(pause));
    assertThat(backoff.after(9, chance)).isEqualTo(millis(pause));
    assertThat(backoff.spread(millis(1000), chance)).isEqualTo(millis(pause));
  }

  @Test
  void pauses_that_would_never_grow_or_never_come_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> backoff(0, 2, 1000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> backoff(2000, 2, 1000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> backoff(500, 0.5, 1000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> backoff(500, 2, 1000, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> backoff(500, Double.NaN, 1000, 0));
  }

  private static Backoff backoff(long first, double growth, long longest, double spread) {
    return new Backoff(millis(first), growth, millis(longest), spread);
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}

package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private static final Duration BEHIND = Duration.ofHours(2);

  private final ClockSkew skew = new ClockSkew();

  @Test
  void some_seconds_are_nothing_to_talk_about() {
    assertThat(skew.news(Duration.ofSeconds(5))).isEmpty();
    assertThat(skew.banner(Duration.ofSeconds(-5))).isEmpty();
  }

  @Test
  void a_clock_two_hours_off_is_told_once_and_stands_in_the_banner_meanwhile() {
    assertThat(skew.news(BEHIND))
        .hasValueSatisfying(line -> assertThat(line).contains("2 h behind"));
    assertThat(skew.news(BEHIND.plusMillis(300))).isEmpty();
    assertThat(skew.banner(BEHIND)).isPresent();
    assertThat(skew.banner(BEHIND.negated()).orElseThrow()).contains("2 h ahead of the cloud's");
  }

  @Test
  void that_it_is_right_again_is_told_too() {
    assertThat(skew.news(BEHIND)).isPresent();
    assertThat(skew.news(Duration.ZERO).orElseThrow()).contains("right again");
    assertThat(skew.news(Duration.ZERO)).isEmpty();
  }
}

package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.sight.ObserverRules.Noticed;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObserverRulesTest {
  private static final Noticed NOTHING = new Noticed(0, false, 0, 10);

  private final ManualTicker ticker = new ManualTicker();
  private final ObserverRules rules = new ObserverRules(HealthLimits.standard());
  private ObserverRules.State state = ObserverRules.State.start(ClockReading.of(ticker));

  private ObserverRules.Step tick(Duration gap, Noticed noticed) {
    ticker.pass(gap);
    ObserverRules.Step step = rules.tick(state, noticed, ClockReading.of(ticker));
    state = step.state();
    return step;
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      tick(Duration.ofSeconds(1), NOTHING);
    }
  }

  static Stream<Arguments> doubts() {
    return Stream.of(
        Arguments.of("a clean tick", NOTHING, 1, 0),
        Arguments.of("a late tick", NOTHING, 3, 1),
        Arguments.of("a failed call", new Noticed(1, false, 0, 10), 1, 1),
        Arguments.of("two failed calls", new Noticed(2, false, 0, 10), 1, 2),
        Arguments.of("a canary that does not come back", new Noticed(0, true, 0, 10), 1, 1),
        Arguments.of("half of the fleet silent", new Noticed(0, false, 5, 10), 1, 0),
        Arguments.of("55% of the fleet silent", new Noticed(0, false, 11, 20), 1, 1),
        Arguments.of("the only VM silent", new Noticed(0, false, 1, 1), 1, 0),
        Arguments.of("all of it at once", new Noticed(1, true, 10, 10), 3, 4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doubts")
  void doubt_rises_with_each_sign_of_trouble(String name, Noticed noticed, int gap, int score) {
    assertThat(tick(Duration.ofSeconds(gap), noticed).state().score()).isEqualTo(score);
  }

  @Test
  void doubt_ends_at_eight_and_falls_by_one_with_each_clean_tick() {
    for (int i = 0; i < 20; i++) {
      tick(Duration.ofSeconds(1), new Noticed(1, true, 0, 10));
    }
    assertThat(state.score()).isEqualTo(8);
    ticks(3);
    assertThat(state.score()).isEqualTo(5);
  }

  @Test
  void a_gap_of_fifteen_seconds_means_sleep() {
    assertThat(tick(Duration.ofMillis(14_999), NOTHING).slept()).isEmpty();
    assertThat(tick(Duration.ofSeconds(15), NOTHING).slept())
        .isEqualTo("this computer slept for 15 s");
  }

  @Test
  void a_sleep_that_stops_the_monotonic_clock_is_noticed_by_the_wall() {
    ticker.jumpWall(Duration.ofHours(8));
    assertThat(tick(Duration.ofSeconds(1), NOTHING).slept())
        .isEqualTo("this computer slept for 8 h");
  }

  @Test
  void a_clock_that_jumps_by_more_than_two_seconds_is_noticed_in_both_directions() {
    ticker.jumpWall(Duration.ofMillis(1_900));
    assertThat(tick(Duration.ofSeconds(1), NOTHING).slept()).isEmpty();
    ticker.jumpWall(Duration.ofMillis(2_100));
    assertThat(tick(Duration.ofSeconds(1), NOTHING).slept()).contains("clock jumped");
    ticker.jumpWall(Duration.ofHours(-1));
    assertThat(tick(Duration.ofSeconds(1), NOTHING).slept()).contains("clock jumped by 60 min");
  }

  @Test
  void nothing_is_trusted_until_two_calm_minutes_after_a_sleep() {
    ticks(200);
    assertThat(state.trusted()).isTrue();
    tick(Duration.ofMinutes(5), NOTHING);
    assertThat(state.trusted()).isFalse();
    // The sleep itself was a late tick, so the first clean one only brings the doubt back to 0.
    ticks(60);
    tick(Duration.ofSeconds(1), new Noticed(1, false, 0, 10));
    ticks(120);
    assertThat(state.trusted()).isFalse();
    ticks(1);
    assertThat(state.trusted()).isTrue();
  }
}

package dev.podium.localcloud.state.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TempoTest {
  private static List<Duration> provisionings(long seed, double scale) {
    Tempo tempo = new Tempo(Tempo.Profile.REALISTIC, scale, new FaultPlan(seed));
    return Stream.generate(tempo::provisioning).limit(200).toList();
  }

  @Test
  void a_realistic_machine_takes_seconds_and_never_the_same() {
    assertThat(provisionings(1, 1))
        .allSatisfy(
            each -> assertThat(each).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_same_seed_takes_the_same_time_and_the_scale_shortens_it() {
    assertThat(provisionings(1, 1))
        .isEqualTo(provisionings(1, 1))
        .isNotEqualTo(provisionings(2, 1));
    assertThat(provisionings(1, 0.1))
        .allSatisfy(
            each -> assertThat(each).isBetween(Duration.ofMillis(100), Duration.ofMillis(400)));
  }
}

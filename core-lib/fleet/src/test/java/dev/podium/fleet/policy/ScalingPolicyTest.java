package dev.podium.fleet.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "5, 3, 50, 0, 1800, a, 0, the minimum of 5 is over the maximum of 3",
    "-1, 3, 50, 0, 1800, a, 0, minimum is -1 and must be from 0 to 1000",
    "0, 0, 50, 0, 1800, a, 0, maximum is 0 and must be from 1 to 1000",
    "0, 3, 0, 0, 1800, a, 0, seats is 0 and must be from 1 to 10000",
    "0, 3, 50, -2, 1800, a, 0, spare is -2",
    "0, 3, 50, 0, 1, a, 0, idle is 1 s and must be from 5 to",
    "0, 3, 50, 0, 1800, '', 0, zones must name at least one zone",
    "0, 3, 50, 0, 1800, a, -4, hourlyBudget is -4.0",
  })
  void a_bad_policy_is_refused_at_the_member(
      int minimum,
      int maximum,
      int seats,
      int spare,
      long idle,
      String zone,
      double budget,
      String sentence) {
    assertThatThrownBy(() ->
            new ScalingPolicy(
                minimum,
                maximum,
                seats,
                spare,
                Duration.ofSeconds(idle),
                List.of(zone),
                "e2-small",
                "image",
                ScalingPolicy.Provisioning.STANDARD,
                Duration.ofHours(8),
                budget,
                0))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining(sentence);
  }
}

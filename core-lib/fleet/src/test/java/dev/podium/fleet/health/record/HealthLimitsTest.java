package dev.podium.fleet.health.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthLimitsTest {
  @Test
  void a_number_out_of_range_is_named_with_its_range() {
    assertThatThrownBy(() -> HealthLimits.standard().withIdle(Duration.ofSeconds(1)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("the idle limit is 1 s and must be from 5 s to 30 days");
  }

  @Test
  void the_limits_of_silence_rise_from_late_to_condemned() {
    for (HealthLimits limits : new HealthLimits[] {HealthLimits.standard(), HealthLimits.demo()}) {
      HealthLimits.Silence silence = limits.silence();
      assertThat(limits.watching().heartbeat()).isLessThan(silence.late());
      assertThat(silence.late()).isLessThanOrEqualTo(silence.suspect());
      assertThat(silence.suspect()).isLessThan(silence.unreachable());
      assertThat(silence.unreachable()).isLessThan(silence.condemned());
    }
  }
}

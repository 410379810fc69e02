package dev.podium.agent.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemovalsTest {
  private final ManualTicker clock = new ManualTicker();
  private final Removals removals = new Removals(clock);

  @Test
  void who_was_put_out_is_refused_for_that_long_and_no_longer() {
    removals.remove("p-1", Duration.ofHours(1));
    assertThat(removals.refusal("p-1")).hasValueSatisfying(s -> assertThat(s).contains("host"));
    assertThat(removals.refusal("p-2")).isEmpty();

    clock.pass(Duration.ofHours(1));
    assertThat(removals.refusal("p-1")).isEmpty();
  }

  @Test
  void what_is_kept_has_a_bound() {
    for (int i = 0; i <= 10_000; i++) {
      removals.remove("p-" + i, Duration.ofHours(1));
    }
    assertThat(removals.refusal("p-0")).isEmpty();
    assertThat(removals.refusal("p-10000")).isPresent();
  }
}

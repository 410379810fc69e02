package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What was ended in a zone that no list ever showed is not known.
class UnseenZonesTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ListTimes lists = new ListTimes(HealthLimits.standard());

  private void listed(String... without) {
    ticker.pass(Duration.ofMinutes(1));
    assertThat(lists.due(ClockReading.of(ticker))).isTrue();
    lists.succeeded(ClockReading.of(ticker));
    lists.cameWithout(Set.of(without));
  }

  @Test
  void a_zone_counts_as_unseen_until_a_list_has_shown_it_once() {
    listed("b", "c");
    assertThat(lists.unseen()).containsExactlyInAnyOrder("b", "c");
    listed("b");
    assertThat(lists.unseen()).containsExactly("b");
    listed();
    listed("b");
    assertThat(lists.unseen()).isEmpty();
    assertThat(lists.unreached()).containsExactly("b");
  }

  @Test
  void after_a_sleep_every_zone_must_be_seen_anew() {
    listed();
    lists.woke();
    listed("b");
    assertThat(lists.unseen()).containsExactly("b");
  }
}

package dev.podium.fleet.api.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.api.http.RefusedRequest;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.VmBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstanceFilterTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static boolean passes(String filter) {
    Vm vm = VmBuilder.vm("id-1", "algebra-12").labels(Map.of("course", "algebra")).build();
    return InstanceFilter.parse(filter)
        .test(
            new FleetVm(
                vm,
                new Verdict(Health.HEALTHY, "as the test says", NOW, List.of()),
                new Participants(0, 2),
                Optional.of(Duration.ZERO),
                Optional.of(NOW),
                0));
  }

  @ParameterizedTest
  @CsvSource({
    "zone=us-central1-a, true",
    "zone=us-central1, false",
    "zone=us-*, true",
    "zone=*-a, true",
    "zone=*central*, true",
    "zone=*, true",
    "zone=**, true",
    "zone=us*1*a, true",
    "zone=us*a*1, false",
    "zone=us-central1-a*a, false",
    "zone=*1*1*, false",
    "name=al*ebra*bra-12, false",
    "name!=al*, false",
    "labels.course=alg*, true",
    "labels.teacher=*, false",
    "'name=\"algebra-12\" AND health=HEALTHY', true"
  })
  void a_star_stands_for_any_characters(String filter, boolean passes) {
    assertThat(passes(filter)).isEqualTo(passes);
  }

  @Test
  void many_stars_take_no_time() {
    assertThat(passes("zone=" + "*-".repeat(2_000))).isFalse();
    assertThat(passes("zone=" + "*".repeat(5_000) + "x")).isFalse();
    assertThat(passes("zone=" + "*".repeat(5_000) + "-a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bogus=1", "zone.x=1", "health=HEALTHY AND colour!=red"})
  void a_field_that_there_is_not_is_refused_whatever_vms_there_are(String filter) {
    assertThatThrownBy(() -> InstanceFilter.parse(filter)).isInstanceOf(RefusedRequest.class);
  }
}

package dev.podium.fleet.model.offer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootDiskTypeTest {
  @ParameterizedTest
  @CsvSource({
    "pd-balanced, e2-micro, pd-balanced",
    "pd-balanced, n4-standard-2, hyperdisk-balanced",
    "pd-balanced, c4a-standard-1, hyperdisk-balanced",
    "pd-balanced, c3-standard-4, pd-balanced",
    "pd-ssd, n4-standard-2, pd-ssd",
    "hyperdisk-balanced, e2-micro, hyperdisk-balanced"
  })
  void who_chose_nothing_gets_a_disk_that_the_machine_takes(
      String asked, String machineType, String given) {
    assertThat(BootDiskType.fitting(asked, machineType)).isEqualTo(given);
  }
}

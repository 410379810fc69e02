package dev.podium.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTextTest {
  @Test
  void only_one_is_singular() {
    assertThat(CountText.people(0)).isEqualTo("0 people");
    assertThat(CountText.people(1)).isEqualTo("1 person");
    assertThat(CountText.people(3)).isEqualTo("3 people");
    assertThat(CountText.vms(1)).isEqualTo("1 VM");
    assertThat(CountText.vms(2)).isEqualTo("2 VMs");
    assertThat(CountText.of(1, "failed probe")).isEqualTo("1 failed probe");
    assertThat(CountText.of(3, "failed probe")).isEqualTo("3 failed probes");
    assertThat(CountText.choose(1, "is", "are")).isEqualTo("is");
    assertThat(CountText.choose(0, "is", "are")).isEqualTo("are");
  }
}

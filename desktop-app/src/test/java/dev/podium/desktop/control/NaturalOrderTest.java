package dev.podium.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  @Test
  void digits_count_as_numbers() {
    List<String> sorted =
        List.of("vm-10", "vm-2", "vm-02a", "vm", "127.0.0.1:9", "127.0.0.1:80").stream()
            .sorted(NaturalOrder::compare)
            .toList();
    assertThat(sorted)
        .containsExactly("127.0.0.1:9", "127.0.0.1:80", "vm", "vm-2", "vm-02a", "vm-10");
  }

  @Test
  void numbers_longer_than_any_type_still_compare() {
    String small = "a" + "1".repeat(40);
    String large = "a" + "2".repeat(40);
    assertThat(NaturalOrder.compare(small, large)).isNegative();
    assertThat(NaturalOrder.compare(large, small)).isPositive();
    assertThat(NaturalOrder.compare(small, small)).isZero();
  }
}

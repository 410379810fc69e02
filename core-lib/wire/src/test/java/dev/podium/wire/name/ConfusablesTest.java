package dev.podium.wire.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which names a reader takes for one.
class ConfusablesTest {
  @ParameterizedTest
  @CsvSource({
    "Ann, \u0391nn, true",
    "Ann, \u0410\u0578\u0578, true",
    "ANN, \u0391\u039D\u039D, true",
    "scope, \u0455\u0441\u043E\u0440\u0435, true",
    "paypal, payрal, true",
    "Ann, A\u200Dnn, true",
    "Ann, A\uFE0Fnn, true",
    "m, rn, true",
    "Ann, Anna, false",
    "Ann, \u00C4nn, false",
    "BIN, bin, true",
    "Jan, Jon, false"
  })
  void looks(String one, String other, boolean alike) {
    assertThat(Confusables.alike(one, other)).isEqualTo(alike);
    assertThat(Confusables.alike(other, one)).isEqualTo(alike);
  }

  @Test
  void what_nobody_sees_has_no_skeleton() {
    assertThat(Confusables.skeleton("\u200D\u1160\uFE0F \u2800")).isEmpty();
  }
}

package dev.podium.localcloud.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void a_fingerprint_survives_a_client_that_decodes_and_encodes_it() {
    assertThat(IntStream.range(0, 200).mapToObj(i -> Fingerprint.of(List.of("label-" + i))))
        .allSatisfy(text ->
            assertThat(Base64.getUrlEncoder().encodeToString(Base64.getUrlDecoder().decode(text)))
                .isEqualTo(text))
        .doesNotHaveDuplicates();
  }
}

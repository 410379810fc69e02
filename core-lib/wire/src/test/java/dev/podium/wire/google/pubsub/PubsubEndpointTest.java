package dev.podium.wire.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.oauth2.GoogleCredentials;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PubsubEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:20000, true",
    "localhost:20000, true",
    // A VM that is emulated, and the computer that does so.
    "169.254.2.2:20000, true",
    "169.254.2.20:20000, false",
    "169.254.169.254:20000, false",
    "203.0.113.7:20000, false"
  })
  void a_token_goes_in_plain_text_over_no_network(String address, boolean sent) {
    GoogleCredentials token = GoogleCredentials.newBuilder().build();

    boolean none =
        PubsubEndpoint.of("p", Optional.of(address), true).credentials(token)
            instanceof NoCredentialsProvider;

    assertThat(!none).isEqualTo(sent);
  }
}

package dev.podium.fleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.model.PodiumException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Google's own texts for a refresh token that is good no more, each to its cause and its remedy.
@Timeout(30)
class TokenRefusalTest {
  private static final String ENDED =
      "{\"error\": \"invalid_grant\", \"error_description\": \"Token has been expired or"
          + " revoked.\"}";
  private static final String RAPT =
      "{\"error\": \"invalid_grant\", \"error_description\": \"reauth related error"
          + " (invalid_rapt)\", \"error_uri\": \"https://support.google.com/a/answer/9368756\","
          + " \"error_subtype\": \"invalid_rapt\"}";

  private HttpServer server;
  private volatile String answer = ENDED;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rapt  | P1D  | your company asks you to sign in again | Google Cloud session control",
        "rapt  | P7D  | your company asks you to sign in again | Google Cloud session control",
        "ended | P7D  | 'Testing' | https://console.cloud.google.com/auth/audience?project=acme-chat",
        "ended | P7DT5H | 'Testing' | Publish app",
        "ended | P6D  | the sign-in of 6 d ago was revoked or has expired | password is changed",
        "ended | P40D | was revoked or has expired | 'Testing' ends every sign-in after 7 days",
        "ended |      | was revoked or has expired | 'Testing' ends every sign-in after 7 days"
      })
  void what_ended_a_sign_in_is_told_with_what_to_do(
      String text, Duration age, String why, String remedy) {
    answer = text.equals("rapt") ? RAPT : ENDED;
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    TokenClient client =
        new TokenClient(CloudProfile.local(base, "127.0.0.1:1", base, "acme-chat", "demo"));

    PodiumException.NotSignedIn refused =
        catchThrowableOfType(
            PodiumException.NotSignedIn.class,
            () -> client.refresh("token", Optional.ofNullable(age)));

    assertThat(refused.sentence()).contains(why);
    assertThat(refused.remedy()).contains(remedy);
  }
}

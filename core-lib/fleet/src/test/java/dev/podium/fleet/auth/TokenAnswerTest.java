package dev.podium.fleet.auth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.model.PodiumException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TokenAnswerTest {
  @Test
  void an_answer_without_an_end_is_cut_off() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(64 * 1024).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          while (true) {
            exchange.getResponseBody().write(blanks);
          }
        });
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      TokenClient client =
          new TokenClient(CloudProfile.local(base, "127.0.0.1:1", base, "podium-local", "demo"));
      assertThatThrownBy(() -> client.refresh("token", Optional.empty()))
          .isInstanceOf(PodiumException.Unavailable.class)
          .hasMessageContaining("did not answer");
    } finally {
      server.stop(0);
    }
  }
}

package dev.podium.agent.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settings read from a metadata server on a real socket.
class AgentSettingsTest {
  private static final Map<String, String> ITEMS =
      Map.of(
          "project/project-id",
          "p",
          "instance/name",
          "vm-a",
          "instance/id",
          "7",
          "instance/zone",
          "projects/7/zones/europe-west1-b",
          "instance/network-interfaces/0/ip",
          "10.0.0.2",
          AgentSettings.path(AgentMetadata.FLEET),
          "class-a",
          AgentSettings.path(AgentMetadata.HEARTBEAT_SECONDS),
          "60");

  /// Two hours ahead.
  private static final Ticker WRONG =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant wall() {
          return Instant.now().plus(Duration.ofHours(2));
        }
      };

  @Test
  void a_machine_whose_clock_is_wrong_knows_the_time_when_it_has_read_its_settings()
      throws Exception {
    HttpServer server = metadataServer();
    try {
      CloudTicker clock = new CloudTicker(WRONG);
      AgentSettings.read(new MetadataClient("127.0.0.1:" + server.getAddress().getPort(), clock));
      assertThat(clock.cloud()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void heartbeats_are_never_so_slow_that_the_others_count_the_vm_as_gone() throws Exception {
    HttpServer server = metadataServer();
    try {
      MetadataClient metadata =
          new MetadataClient(
              "127.0.0.1:" + server.getAddress().getPort(), new CloudTicker(Ticker.system()));
      AgentSettings settings = AgentSettings.read(metadata);
      assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(5));
      assertThat(settings.region()).isEqualTo("europe-west1");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer metadataServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/computeMetadata/v1/",
        exchange -> {
          String path =
              exchange.getRequestURI().getPath().substring("/computeMetadata/v1/".length());
          byte[] body = ITEMS.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static AgentSettings settings(String own, String external, String pubsub) {
    Map<String, String> items = new HashMap<>(ITEMS);
    items.put("instance/network-interfaces/0/ip", own);
    items.put("instance/network-interfaces/0/access-configs/0/external-ip", external);
    items.put(AgentSettings.path(AgentMetadata.PUBSUB), pubsub);
    return AgentSettings.read(path -> Optional.ofNullable(items.get(path)));
  }

  @Test
  void only_a_process_of_the_local_cloud_listens_at_the_loopback() {
    assertThat(settings("127.0.0.1", "127.0.0.1", "").local()).isTrue();
    AgentSettings emulated = settings("169.254.2.15", "127.0.0.1", "");
    assertThat(emulated.local()).isFalse();
    assertThat(emulated.url(8080)).isEqualTo("http://127.0.0.1:8080/");
    assertThat(settings("10.0.0.2", "203.0.113.7", "").local()).isFalse();
  }

  @Test
  void only_the_computer_that_emulates_the_vm_may_stand_for_pubsub() {
    assertThat(settings("169.254.2.15", "127.0.0.1", "169.254.2.2:20000").pubsub())
        .contains("169.254.2.2:20000");
    for (String other :
        List.of("", "203.0.113.7:443", "169.254.2.2.example:443", "example.org:1", "127.0.0.1:1")) {
      assertThat(settings("10.0.0.2", "203.0.113.7", other).pubsub()).as(other).isEmpty();
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

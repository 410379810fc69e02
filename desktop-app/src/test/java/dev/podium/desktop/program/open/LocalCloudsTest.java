package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LocalCloudsTest {
  @Test
  void a_local_cloud_that_runs_is_found_by_any_of_its_addresses() {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      CloudAddresses expected = LocalClouds.addresses(cloud);
      assertThat(LocalClouds.at(cloud.identity())).isEqualTo(expected);
      assertThat(LocalClouds.at(cloud.compute())).isEqualTo(expected);
    }
  }

  @Test
  void where_there_is_no_local_cloud_it_says_what_to_do() throws IOException {
    URI closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    assertThatThrownBy(() -> LocalClouds.at(closed))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining(closed.toString())
        .extracting(e -> ((PodiumException) e).remedy())
        .asString()
        .contains("podium local-cloud");
  }

  @Test
  @Timeout(30)
  void an_answer_without_an_end_is_cut_off() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
          while (true) {
            exchange.getResponseBody().write(blanks);
          }
        });
    server.start();
    try {
      URI endless = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThatThrownBy(() -> LocalClouds.at(endless))
          .isInstanceOf(PodiumException.Unavailable.class)
          .hasMessageContaining(endless.toString());
    } finally {
      server.stop(0);
    }
  }
}

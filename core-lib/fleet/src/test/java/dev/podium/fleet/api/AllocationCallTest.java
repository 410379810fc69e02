package dev.podium.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.event.EventStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AllocationCallTest {
  @TempDir Path folder;

  private final EventStream events = new EventStream();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<Fleet.Allocation> seat = new CompletableFuture<>();

  /// A fleet without a free seat.
  private Fleet full() {
    return (Fleet)
        Proxy.newProxyInstance(
            Fleet.class.getClassLoader(),
            new Class<?>[] {Fleet.class},
            (_, method, _) -> {
              if (method.getName().equals("allocate")) {
                asked.set(true);
                return seat;
              }
              return events;
            });
  }

  @Test
  void a_caller_that_has_left_gives_its_place_up() throws Exception {
    ApiKeys keys = ApiKeys.open(folder.resolve("keys.json"));
    String key = keys.issue("test", EnumSet.allOf(ApiKeys.Scope.class));
    try (ApiServer server = new ApiServer(full(), keys, ApiOptions.loopback(0), Instant::now)) {
      URI base = server.start();
      try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
        String body = "{\"room\":\"algebra\"}";
        caller
            .getOutputStream()
            .write(
                ("POST /v1/allocations HTTP/1.1\r\nHost: 127.0.0.1:"
                        + base.getPort()
                        + "\r\nAuthorization: Bearer "
                        + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.US_ASCII));
        await().until(asked::get);
        assertThat(seat).isNotDone();
      }
      await().until(seat::isCancelled);
    }
  }
}

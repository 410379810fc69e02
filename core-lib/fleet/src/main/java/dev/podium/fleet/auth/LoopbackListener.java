package dev.podium.fleet.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Waits on a port of the loopback for the browser to come back from the identity server (RFC 8252,
/// section 7.3).
final class LoopbackListener implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// What the browser brought, to what it is to show.
  @FunctionalInterface
  interface Arrival {
    Reply arrived(Map<String, String> query);
  }

  /// @param afterwards run once the page is with the browser
  record Reply(int status, String page, Runnable afterwards) {}

  /// @param port 0 for any free one
  LoopbackListener(int port, Arrival arrival) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, arrival));
    server.start();
  }

  URI redirect() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void answer(HttpExchange exchange, Arrival arrival) throws IOException {
    Map<String, String> query = FormText.parse(exchange.getRequestURI().getRawQuery());
    if (!exchange.getRequestURI().getPath().equals("/") || query.isEmpty()) {
      // Browsers ask for an icon of their own accord.
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    Reply reply = arrival.arrived(query);
    try (exchange) {
      byte[] page = reply.page().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("Connection", "close");
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
      exchange.sendResponseHeaders(reply.status(), page.length);
      exchange.getResponseBody().write(page);
    } finally {
      reply.afterwards().run();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

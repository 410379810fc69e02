package dev.podium.fleet.image.publish;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// What a machine of the local cloud runs in these tests: it answers `GET /healthz` where its
/// metadata say, as an agent does that has no fleet yet.
final class TrialAgent {
  private TrialAgent() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Behind a network that can be cut, another port is its own.
    int port =
        Integer.parseInt(
            System.getenv().getOrDefault("PODIUM_LISTEN_PORT", metadata("podium-port")));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    byte[] body = "{\"bootId\":\"b-1\",\"status\":\"starting\"}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println(
        "VM vm of fleet "
            + metadata("podium-fleet")
            + " serves http://127.0.0.1:"
            + port
            + "/ (boot b-1)");
    // The cloud ends it.
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    server.stop(0);
  }

  private static String metadata(String item) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://"
                + System.getenv("GCE_METADATA_HOST")
                + "/computeMetadata/v1/instance/attributes/"
                + item);
    HttpRequest request = HttpRequest.newBuilder(uri).header("Metadata-Flavor", "Google").build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}

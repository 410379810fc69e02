package dev.podium.agent.bench;

import com.sun.net.httpserver.HttpServer;
import dev.podium.agent.EchoAgent;
import dev.podium.bench.Figure;
import dev.podium.bench.NodePeers;
import dev.podium.bench.Program;
import dev.podium.bench.Race;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// From the start of the process to *ready*: the page is served, and the local cloud's Pub/Sub has
/// brought back a message of one's own. The packaged agent, with the JDK's class cache, beside node
/// with socket.io and Google's client.
public final class StartBench {
  private static final int ROUNDS = 7;
  private static final Path AGENT = Path.of("target", "podium-agent", "bin", "podium-agent");
  private static final Figure WALL = Figure.lower("process start → ready", "ms").ratio(1.0);
  private static final Figure CPU = Figure.lower("processor time until then", "ms");

  private StartBench() {}

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    if (!Files.exists(AGENT)) {
      System.out.println("StartBench needs the packaged agent: ./mvnw package makes it");
      System.exit(1);
    }
    Race race = new Race("Start", WALL, CPU);
    LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
    HttpServer metadata = metadata(cloud.project());
    Map<String, String> environment = new HashMap<>();
    environment.put("PUBSUB_EMULATOR_HOST", cloud.pubsub());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GCE_METADATA_HOST", "127.0.0.1:" + metadata.getAddress().getPort());
    race.enter(
        "Podium's agent",
        () -> start(List.of(AGENT.toAbsolutePath().toString()), Path.of("."), environment));
    switch (NodePeers.install()) {
      case NodePeers.Found.Installed(Path folder) ->
          race.enter(
              "node, socket.io", () -> start(List.of("node", "start.mjs"), folder, environment));
      case NodePeers.Found.Missing(String why) -> race.leaveOut("node, socket.io", why);
    }
    race.run(ROUNDS);
    System.exit(0);
  }

  private static Map<Figure, Double> start(
      List<String> command, Path folder, Map<String, String> environment) throws IOException {
    long began = System.nanoTime();
    try (Program program = Program.start(command, folder, environment)) {
      program.line(line -> line.contains("Ready"));
      double millis = (System.nanoTime() - began) / 1e6;
      return Map.of(WALL, millis, CPU, program.cpuSeconds() * 1_000);
    }
  }

  /// Answers at once what has a value, and never what is watched for a change.
  private static HttpServer metadata(String project) throws IOException {
    Map<String, String> items = new HashMap<>(EchoAgent.METADATA);
    items.put("project/project-id", project);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/computeMetadata/v1/",
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          if (query.contains("wait_for_change")) {
            return;
          }
          String path =
              exchange.getRequestURI().getPath().substring("/computeMetadata/v1/".length());
          byte[] body = items.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}

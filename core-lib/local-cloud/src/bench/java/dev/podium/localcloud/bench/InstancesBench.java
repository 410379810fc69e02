package dev.podium.localcloud.bench;

import dev.podium.bench.CloudServer;
import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import dev.podium.bench.Rest;
import java.util.HashMap;
import java.util.Map;

/// Fills a local cloud with 10,000 instances over its REST interface, with machines switched off.
/// Then lists them whole, aggregated and filtered, in pages of 500. The server is a process of its
/// own; the client only counts.
public final class InstancesBench {
  private static final int COUNT = 10_000;
  private static final int ROUNDS = 7;

  private static final Figure CREATED = Figure.higher("create, 16 at a time", "/s");
  private static final Figure HEAP = Figure.lower("heap of an instance", "bytes");
  private static final Figure ZONE = Figure.lower("list of one zone (2,500)", "ms");
  private static final Figure ALL = Figure.lower("aggregated list (10,000)", "ms");
  private static final Figure ALL_CPU =
      Figure.lower("aggregated list, the server's processor", "ms")
          .limitedBy("the server writes 2.5 KB of JSON for each instance anew");
  private static final Figure LABEL = Figure.lower("aggregated, filter by label (100)", "ms");
  private static final Figure NAME =
      Figure.lower("aggregated, filter by status and name (1)", "ms");
  private static final Figure PATTERN = Figure.lower("zone, filter by pattern (277)", "ms");
  private static final Figure GET = Figure.lower("one instance by name", "ms");

  private InstancesBench() {}

  /// Runs the bench and prints its tables.
  public static void main(String[] arguments) throws Exception {
    try (CloudServer cloud = CloudServer.start()) {
      Rest rest = new Rest(cloud.compute(), cloud.project());
      new Race("The local cloud: 10,000 instances are created", CREATED, HEAP)
          .enter("Podium", () -> fill(cloud, rest))
          .runOnce();
      new Race(
              "The local cloud: 10,000 instances are listed",
              ZONE,
              ALL,
              ALL_CPU,
              LABEL,
              NAME,
              PATTERN,
              GET)
          .enter("Podium", () -> list(cloud, rest))
          .run(ROUNDS);
    }
  }

  private static Map<Figure, Double> fill(CloudServer cloud, Rest rest) throws Exception {
    rest.create(COUNT, COUNT + 100);
    rest.awaitRunning();
    long before = cloud.heapBytes();
    long start = System.nanoTime();
    rest.create(0, COUNT);
    double seconds = (System.nanoTime() - start) / 1e9;
    rest.awaitRunning();
    return Map.of(CREATED, COUNT / seconds, HEAP, (double) (cloud.heapBytes() - before) / COUNT);
  }

  private static Map<Figure, Double> list(CloudServer cloud, Rest rest) throws Exception {
    Map<Figure, Double> measured = new HashMap<>();
    String all = "aggregated/instances";
    String zone = "zones/us-central1-a/instances";
    double before = cloud.program().cpuSeconds();
    measured.put(ALL, millis(() -> rest.walk(all, "")));
    measured.put(ALL_CPU, (cloud.program().cpuSeconds() - before) * 1000);
    measured.put(ZONE, millis(() -> rest.walk(zone, "")));
    measured.put(LABEL, millis(() -> rest.walk(all, "labels.group = g7")));
    measured.put(NAME, millis(() -> rest.walk(all, "status = RUNNING AND name = vm-42")));
    measured.put(PATTERN, millis(() -> rest.walk(zone, "name eq \"vm-1.*\"")));
    measured.put(GET, millis(() -> rest.get(zone + "/vm-0")));
    return measured;
  }

  private interface Act {
    Object run() throws Exception;
  }

  private static double millis(Act act) throws Exception {
    long start = System.nanoTime();
    var _ = act.run();
    return (System.nanoTime() - start) / 1e6;
  }
}

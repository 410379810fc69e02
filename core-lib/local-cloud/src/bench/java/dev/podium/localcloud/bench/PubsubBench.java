package dev.podium.localcloud.bench;

import dev.podium.bench.CloudServer;
import dev.podium.bench.Emulator;
import dev.podium.bench.Figure;
import dev.podium.bench.Program;
import dev.podium.bench.Race;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The local cloud's Pub/Sub beside Google's emulator, both used by Google's Java client in this
/// process: 200-byte messages, one publisher; latency one message at a time, throughput with one
/// subscriber, ten, and with ordering.
public final class PubsubBench {
  private static final int ROUNDS = 5;
  private static final int SINGLE = 200;
  private static final int MANY = 10_000;
  private static final int FAN_OUT = 10;

  private static final Figure P50 = Figure.lower("publish → receive, p50", "ms").ratio(0.5);
  private static final Figure P99 = Figure.lower("publish → receive, p99", "ms");
  private static final Figure CPU_EACH =
      Figure.lower("server's processor time a message, one at a time", "ms");
  private static final Load ONE = Load.named("1 publisher, 1 subscriber", 1, false, MANY);
  private static final Load TEN =
      Load.named("1 publisher, " + FAN_OUT + " subscribers", FAN_OUT, false, MANY / 4);
  private static final Load ORDERED =
      Load.named("1 publisher, 1 subscriber, 10 keys", 1, true, MANY);

  /// What one server does with one load.
  private record Load(
      int subscriptions, boolean ordered, int messages, Figure wall, Figure perCpuSecond) {
    static Load named(String what, int subscriptions, boolean ordered, int messages) {
      return new Load(
          subscriptions,
          ordered,
          messages,
          Figure.higher(what + ": deliveries a second", "/s")
              .ratio(3)
              .limitedBy(
                  "the server, as far as this is near the next line's rate; else this client"),
          Figure.higher(what + ": deliveries a second of the server's processor", "/s"));
    }
  }

  private PubsubBench() {}

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    Race race =
        new Race(
            "Local Pub/Sub, used by Google's Java client",
            P50,
            P99,
            CPU_EACH,
            ONE.wall(),
            ONE.perCpuSecond(),
            TEN.wall(),
            TEN.perCpuSecond(),
            ORDERED.wall(),
            ORDERED.perCpuSecond());
    Optional<Path> jar = Emulator.jar();
    CloudServer cloud = CloudServer.start();
    race.enter("Podium", () -> round(cloud.program(), cloud.pubsub()));
    if (jar.isPresent()) {
      Emulator emulator = Emulator.start(jar.get());
      race.enter(
          jar.get().getFileName().toString(), () -> round(emulator.program(), emulator.address()));
    } else {
      race.leaveOut("Google's emulator", "gcloud's component pubsub-emulator is not installed");
    }
    race.run(ROUNDS);
    System.exit(0);
  }

  private static Map<Figure, Double> round(Program server, String endpoint) throws Exception {
    Map<Figure, Double> measured = new HashMap<>();
    try (PubsubLoad load = new PubsubLoad(endpoint, "podium-bench", 1, false)) {
      double before = server.cpuSeconds();
      double[] millis = load.latencies(SINGLE);
      measured.put(CPU_EACH, (server.cpuSeconds() - before) * 1000 / SINGLE);
      measured.put(P50, millis[SINGLE / 2]);
      measured.put(P99, millis[SINGLE * 99 / 100]);
    }
    for (Load each : new Load[] {ONE, TEN, ORDERED}) {
      try (PubsubLoad load =
          new PubsubLoad(endpoint, "podium-bench", each.subscriptions(), each.ordered())) {
        double before = server.cpuSeconds();
        measured.put(each.wall(), load.deliveriesPerSecond(each.messages()));
        double used = server.cpuSeconds() - before;
        measured.put(each.perCpuSecond(), each.messages() * each.subscriptions() / used);
      }
    }
    return measured;
  }
}

package dev.podium.agent.bench;

import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How many deliveries a second of its processor each server makes to 1,000 people, of messages of
/// 200 bytes; and how long they take at 40,000 deliveries a second. The agent with its admission by
/// invite and all its bookkeeping; its bus is a method call, for the peers have none.
public final class FanoutBench {
  private static final int PEOPLE = 1_000;
  private static final int ROUNDS = 5;
  private static final String WALL = "the kernel's cost of a write to each socket";

  private static final Figure ONE = perSecond("one message in flight", 2).limitedBy(WALL);
  private static final Figure MANY = perSecond("32 in flight", 20);
  private static final Figure ROOMS = perSecond("one in flight in each of 50 rooms", 2);
  private static final Figure SINGLE_P50 = Figure.lower("latency of single messages, p50", "ms");
  private static final Figure SINGLE_P99 =
      Figure.lower("latency of single messages, p99", "ms").ratio(0.7);
  private static final Figure BURST_P50 = Figure.lower("latency of bursts of ten, p50", "ms");
  private static final Figure BURST_P99 =
      Figure.lower("latency of bursts of ten, p99", "ms").ratio(0.15);

  private FanoutBench() {}

  private static Figure perSecond(String what, double goal) {
    return Figure.higher("deliveries a CPU second, " + what, "k/s").ratio(goal);
  }

  /// Runs the bench and prints its table. Argument: how many rounds, 5 if none.
  public static void main(String[] arguments) throws Exception {
    Race race =
        new Race(
            "1,000 people on one server",
            ONE,
            MANY,
            ROOMS,
            SINGLE_P50,
            SINGLE_P99,
            BURST_P50,
            BURST_P99);
    new Servers().enter(race, FanoutBench::round);
    race.run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS);
    System.exit(0);
  }

  private static Map<Figure, Double> round(Servers.Server server) throws Exception {
    Map<Figure, Double> measured = new HashMap<>();
    try (Crowd crowd = server.crowd(PEOPLE, 1)) {
      measured.put(ONE, flood(server, crowd, 1));
      Latencies single = crowd.speak(1, 40, 4);
      measured.put(SINGLE_P50, single.quantile(0.5));
      measured.put(SINGLE_P99, single.quantile(0.99));
      Latencies bursts = crowd.speak(10, 4, 4);
      measured.put(BURST_P50, bursts.quantile(0.5));
      measured.put(BURST_P99, bursts.quantile(0.99));
    }
    try (Crowd crowd = server.crowd(PEOPLE, 1)) {
      measured.put(MANY, flood(server, crowd, 32));
    }
    try (Crowd crowd = server.crowd(PEOPLE, 50)) {
      measured.put(ROOMS, flood(server, crowd, 1));
    }
    return measured;
  }

  /// Thousand deliveries for each second of the server's processor.
  private static double flood(Servers.Server server, Crowd crowd, int messages)
      throws InterruptedException {
    crowd.flood(messages);
    TimeUnit.SECONDS.sleep(2);
    long before = crowd.delivered();
    double cpuBefore = server.program().cpuSeconds();
    TimeUnit.SECONDS.sleep(3);
    double cpu = server.program().cpuSeconds() - cpuBefore;
    double made = crowd.delivered() - before;
    crowd.flood(0);
    TimeUnit.MILLISECONDS.sleep(300);
    return made / cpu / 1_000;
  }
}

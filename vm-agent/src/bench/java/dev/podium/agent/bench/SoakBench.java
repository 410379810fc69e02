package dev.podium.agent.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// 10,000 people on one agent for some minutes, in 200 rooms: memory, latency, and whom it lost. 40
/// messages a second are said, while 20 people a second leave and come back.
///
/// Arguments: how many minutes, 1 if none; how many people; how many messages are said before, in
/// thousands. Four hundred thousand fill the rooms' histories, which takes hours at the usual pace;
/// what memory grows from then on is not theirs.
public final class SoakBench {
  private static final int ROOMS = 200;
  private static final int SAID_PER_SECOND = 40;
  private static final int CHURN_PER_SECOND = 20;

  /// So many messages at once, and so many times a second, before it begins.
  private static final int BURST = 20;

  private static final int BURSTS_PER_SECOND = 100;

  private SoakBench() {}

  /// Runs it and prints a line a minute.
  public static void main(String[] arguments) throws Exception {
    int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    int people = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int before = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    Servers.Server agent = new Servers().agent();
    System.out.printf(
        "%n%,d people on one agent, %d messages and %d returns a second%n",
        people, SAID_PER_SECOND, CHURN_PER_SECOND);
    System.out.printf(
        "%8s %10s %10s %10s %12s %8s%n", "minute", "MiB", "p50 ms", "p99 ms", "CPU", "dropped");
    try (Crowd crowd = agent.crowd(people, ROOMS)) {
      TimeUnit.SECONDS.sleep(2);
      System.out.printf("%8s %10.0f%n", "empty", agent.program().residentMebibytes());
      crowd.speak(BURST, BURSTS_PER_SECOND, before * 1_000 / (BURST * BURSTS_PER_SECOND));
      System.out.printf("%8d %10.0f%n", 0, agent.program().residentMebibytes());
      for (int minute = 1; minute <= minutes; minute++) {
        double cpu = agent.program().cpuSeconds();
        long start = System.nanoTime();
        crowd.churn(CHURN_PER_SECOND, 60);
        Latencies measured = crowd.speak(1, SAID_PER_SECOND, 60);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%8d %10.0f %10.1f %10.1f %10.0f %% %8d%n",
            minute,
            agent.program().residentMebibytes(),
            measured.quantile(0.5),
            measured.quantile(0.99),
            100 * (agent.program().cpuSeconds() - cpu) / seconds,
            crowd.lost());
      }
    }
    System.exit(0);
  }
}

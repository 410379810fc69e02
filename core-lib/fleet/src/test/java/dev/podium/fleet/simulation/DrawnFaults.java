package dev.podium.fleet.simulation;

import java.time.Duration;
import java.util.Random;

/// What goes wrong in a run, drawn from its seed.
final class DrawnFaults {
  private DrawnFaults() {}

  /// Some of all, drawn from the seed. Each fault is absent in a part of the runs, so that one does
  /// not hide what another does.
  static Faults draw(Random random) {
    return new Faults(
        some(random, 2),
        random.nextInt(8) == 0 ? 3 : 1_000,
        some(random, 0.1),
        some(random, 0.1),
        some(random, 0.05),
        Duration.ofMillis((long) some(random, 20_000)),
        some(random, 0.2),
        some(random, 0.2),
        some(random, 0.2),
        some(random, 0.5),
        some(random, 0.5),
        some(random, 0.2),
        some(random, 1),
        some(random, 0.2),
        some(random, 0.3),
        some(random, 0.1),
        some(random, 1.5),
        some(random, 0.7),
        some(random, 0.7),
        some(random, 0.5),
        1 + random.nextInt(3),
        some(random, 0.5),
        some(random, 0.3),
        0,
        0,
        false,
        0,
        0,
        0,
        0,
        false,
        0);
  }

  /// The same with a stolen VM, or with a fleet that is half upgraded, in a part of the runs. A
  /// console of the release before believes everybody, so it never meets a thief. Some have cut
  /// probes, clocks that are hours off, or a topic that is deleted.
  static Faults withStrangers(Faults faults, Random random) {
    boolean theft = random.nextInt(2) == 0;
    boolean upgrade = random.nextInt(4) == 0;
    return new Faults(
        faults.stockOuts(),
        faults.quota(),
        faults.errorRate429(),
        faults.errorRate503(),
        faults.lostAnswers(),
        faults.slowOperations(),
        faults.failedDeletions(),
        faults.lateMessages(),
        faults.repeatedMessages(),
        faults.deaths(),
        faults.hangs(),
        faults.deaf(),
        faults.cuts(),
        faults.broken(),
        faults.stillborn(),
        faults.preemptions(),
        faults.blind(),
        faults.sleeps(),
        faults.jumps(),
        faults.operators(),
        faults.consoles(),
        faults.restarts(),
        faults.crashes(),
        theft ? 6 : 0,
        upgrade ? 1 + random.nextInt(3) : 0,
        upgrade && !theft && random.nextBoolean(),
        random.nextInt(3) == 0 ? 0.3 : 0,
        random.nextInt(4) == 0 ? 0.5 : 0,
        random.nextInt(3) == 0 ? 0.5 : 0,
        random.nextInt(4) == 0 ? 0.7 : 0,
        false,
        0);
  }

  private static double some(Random random, double most) {
    return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
  }
}

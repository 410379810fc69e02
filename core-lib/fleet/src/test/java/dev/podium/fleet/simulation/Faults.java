package dev.podium.fleet.simulation;

import java.time.Duration;
import java.util.Random;

/// What goes wrong in a simulated run, as one value. Where the local cloud knows the fault, too, it
/// has the same name here.
///
/// @param stockOuts spells an hour in which one zone has no machine left
/// @param quota VMs that the project may have; more are refused
/// @param errorRate429 share of Compute Engine's calls, 0 to 1, refused for their number
/// @param errorRate503 share of Compute Engine's calls, 0 to 1, that fail
/// @param lostAnswers share of Compute Engine's calls, 0 to 1, that are carried out and yet fail
///   for who made them
/// @param slowOperations what a call and an operation may take longer, at most
/// @param failedDeletions share of deletions, 0 to 1, that are accepted and then fail
/// @param lateMessages share of messages, 0 to 1, that arrive up to 10 s late
/// @param repeatedMessages share of messages, 0 to 1, that arrive twice
/// @param deaths VMs that die for good, per VM and hour
/// @param hangs VMs that hang for some minutes, per VM and hour
/// @param deaf VMs whose subscription dies, per VM and hour
/// @param cuts spells in which a VM does not reach Pub/Sub, or no console reaches it, per VM and
///   hour
/// @param broken VMs whose own check of themselves fails, per VM and hour
/// @param stillborn share of VMs, 0 to 1, that never come up
/// @param preemptions VMs that the cloud stops, per VM and hour
/// @param blind spells in which a console does not hear, see or reach, per console and hour
/// @param sleeps of a console, per hour
/// @param jumps of a console's wall clock, per hour
/// @param operators how often an hour a person drains a VM by a console, or deletes one elsewhere
/// @param consoles 1 to 3
/// @param restarts agents that end and are started anew, often several times, per VM and hour
/// @param crashes of a console, per hour: it ends without a word, and another begins in its place
/// @param stolen VMs that somebody takes over, per hour, until he has one
/// @param outdated VMs of the release before, which sign nothing, that are there at the start
/// @param older whether one console is of the release before
/// @param clocks share of VMs, 0 to 1, whose clock is wrong by minutes when they start
/// @param roomy whether the policy allows far more VMs than people need
public record Faults(
    double stockOuts,
    int quota,
    double errorRate429,
    double errorRate503,
    double lostAnswers,
    Duration slowOperations,
    double failedDeletions,
    double lateMessages,
    double repeatedMessages,
    double deaths,
    double hangs,
    double deaf,
    double cuts,
    double broken,
    double stillborn,
    double preemptions,
    double blind,
    double sleeps,
    double jumps,
    double operators,
    int consoles,
    double restarts,
    double crashes,
    double stolen,
    int outdated,
    boolean older,
    double clocks,
    boolean roomy) {
  private static final Faults NONE =
      new Faults(
          0,
          1_000,
          0,
          0,
          0,
          Duration.ZERO,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          1,
          0,
          0,
          0,
          0,
          false,
          0,
          false);

  /// Whether all is well.
  boolean isNone() {
    return equals(NONE);
  }

  /// All is well, with one console.
  public static Faults none() {
    return NONE;
  }

  /// All is well, but that agents are started anew, most messages come late, and people drain VMs.
  static Faults restartsUnheard() {
    return new Faults(
        0,
        1_000,
        0,
        0,
        0,
        Duration.ZERO,
        0,
        0.9,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        4,
        1,
        8,
        0,
        0,
        0,
        false,
        0,
        false);
  }

  /// All is well, but that VMs die, and the console among them.
  static Faults deathsAndCrashes() {
    return new Faults(
        0,
        1_000,
        0,
        0,
        0,
        Duration.ZERO,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        3,
        0,
        0,
        false,
        0,
        false);
  }

  /// All is well, but that one VM is stolen, and messages come late and twice.
  static Faults theft() {
    return new Faults(
        0,
        1_000,
        0,
        0,
        0,
        Duration.ZERO,
        0,
        0.3,
        0.1,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        2,
        1,
        1,
        0,
        20,
        0,
        false,
        0,
        false);
  }

  /// All is well, but that one VM is stolen, whose owner may let the fleet grow.
  static Faults greed() {
    return new Faults(
        0,
        1_000,
        0,
        0,
        0,
        Duration.ZERO,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        20,
        0,
        false,
        0,
        true);
  }

  /// All is well, but that some VMs are of the release before.
  static Faults halfUpgraded() {
    return new Faults(
        0,
        1_000,
        0,
        0,
        0,
        Duration.ZERO,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        3,
        false,
        0,
        false);
  }

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
        false);
  }

  /// The same with a stolen VM, or with a fleet that is half upgraded, in a part of the runs. A
  /// console of the release before believes everybody, so it never meets a thief.
  Faults withStrangers(Random random) {
    boolean theft = random.nextInt(2) == 0;
    boolean upgrade = random.nextInt(4) == 0;
    return new Faults(
        stockOuts,
        quota,
        errorRate429,
        errorRate503,
        lostAnswers,
        slowOperations,
        failedDeletions,
        lateMessages,
        repeatedMessages,
        deaths,
        hangs,
        deaf,
        cuts,
        broken,
        stillborn,
        preemptions,
        blind,
        sleeps,
        jumps,
        operators,
        consoles,
        restarts,
        crashes,
        theft ? 6 : 0,
        upgrade ? 1 + random.nextInt(3) : 0,
        upgrade && !theft && random.nextBoolean(),
        random.nextInt(3) == 0 ? 0.3 : 0,
        false);
  }

  private static double some(Random random, double most) {
    return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
  }
}

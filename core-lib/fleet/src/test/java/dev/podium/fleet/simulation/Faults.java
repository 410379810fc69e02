package dev.podium.fleet.simulation;

import java.time.Duration;

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
/// @param probesCut share of consoles, 0 to 1, whose probes never get through to any VM
/// @param skews share of consoles, 0 to 1, whose computer's clock is hours off
/// @param topics how often an hour somebody deletes the pulse topic, which a console makes again
/// @param roomy whether the policy allows far more VMs than people need
/// @param outages how often an hour Compute Engine stops reaching one zone, for some minutes
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
    double probesCut,
    double skews,
    double topics,
    boolean roomy,
    double outages) {
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
          0,
          0,
          0,
          false,
          0);

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
        0,
        0,
        0,
        false,
        0);
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
        0,
        0,
        0,
        false,
        0);
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
        0,
        0,
        0,
        false,
        0);
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
        0,
        0,
        0,
        true,
        0);
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
        0,
        0,
        0,
        false,
        0);
  }

  /// All is well, but that no probe of a console gets through to any VM.
  static Faults cutProbes() {
    return NONE.with(1, 0, 0, 0);
  }

  /// All is well, but that consoles' clocks are hours off.
  static Faults skewedClocks() {
    return NONE.with(0, 1, 0, 0);
  }

  /// All is well, but that somebody deletes the pulse topic again and again.
  static Faults deletedTopics() {
    return NONE.with(0, 0, 3, 0);
  }

  /// All is well, but that Compute Engine does not reach one zone now and then.
  static Faults zoneOutages() {
    return NONE.with(0, 0, 0, 2);
  }

  /// The same with that many outages of a zone an hour.
  Faults withOutages(double anHour) {
    return with(probesCut, skews, topics, anHour);
  }

  private Faults with(
      double cutProbes, double skewedClocks, double deletedTopics, double zoneOutages) {
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
        stolen,
        outdated,
        older,
        clocks,
        cutProbes,
        skewedClocks,
        deletedTopics,
        roomy,
        zoneOutages);
  }
}

package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What goes wrong, and when: drawn from a seed alone, so that a run can be done again.
final class Nemesis {
  private Nemesis() {}

  /// A kind of misfortune.
  enum Misfortune {
    /// A VM's agent is killed (`kill -9`), and another VM comes in its place.
    KILL,
    /// A VM is stopped in order (`SIGTERM`): it moves its people; another comes in its place.
    STOP,
    /// A VM stands still (`SIGSTOP`) and goes on as if nothing had been (`SIGCONT`).
    FREEZE,
    /// A VM's network falls silent in both directions, and carries again.
    SILENCE,
    /// A console drains a VM and takes it back.
    DRAIN,
    /// People's connections break, and they come back.
    CUT,
    /// People's devices sleep: they read nothing for a while.
    SLEEP,
    /// Pub/Sub refuses every call; where it is Google's emulator, it stands still.
    OUTAGE,
    /// Pub/Sub refuses some calls.
    ERRORS,
    /// Pub/Sub delivers some messages twice.
    DUPLICATES,
    /// Pub/Sub is late.
    DELAY,
    /// Somebody deletes a topic, and a console makes it again. The subscriptions of the old one
    /// stay, and bring nothing of the new one.
    TOPIC,
    /// Somebody deletes a VM's subscription.
    SUBSCRIPTION
  }

  /// One thing that goes wrong.
  ///
  /// @param share of what is hit: which VM, or how many people, as a number from 0 to below 1
  record Step(Misfortune what, double share, long lastsMillis, long thenMillis) {
    @Override
    public String toString() {
      return "%s %.2f for %.1f s".formatted(what, share, lastsMillis / 1e3);
    }
  }

  /// Rounds of all the given misfortunes, each round in another order.
  ///
  /// @param longestMillis how long one lasts at most; the pauses between are shorter
  static List<Step> plan(long seed, List<Misfortune> kinds, int rounds, long longestMillis) {
    Random random = new Random(seed);
    List<Step> plan = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<Misfortune> order = new ArrayList<>(kinds);
      Collections.shuffle(order, random);
      for (Misfortune what : order) {
        long lasts = longestMillis / 4 + (long) (random.nextDouble() * longestMillis * 3 / 4);
        long then = (long) (random.nextDouble() * longestMillis / 4);
        plan.add(new Step(what, random.nextDouble(), lasts, then));
      }
    }
    return plan;
  }
}

package dev.podium.fleet.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;

/// Time, and what will happen. The order of events follows from the seed alone.
final class Agenda {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Random random;

  /// Longer than any run, and short enough to be added to any moment.
  private static final double LONGEST = 1e18;

  private long now;
  private long scheduled;

  private record Entry(long at, long number, Runnable event) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  Agenda(long seed) {
    this.random = new Random(seed);
  }

  /// True time since the start, in nanoseconds.
  long now() {
    return now;
  }

  Random random() {
    return random;
  }

  void in(long nanos, Runnable event) {
    entries.add(new Entry(now + Math.max(0, nanos), ++scheduled, event));
  }

  void in(Duration span, Runnable event) {
    in(span.toNanos(), event);
  }

  /// Something that happens so many times an hour on average, for the first time from now on.
  void atRate(double perHour, Runnable event) {
    if (perHour > 0) {
      in(exponential(3_600e9 / perHour), event);
    }
  }

  /// A span of that mean, in nanoseconds.
  long exponential(Duration mean) {
    return exponential((double) mean.toNanos());
  }

  private long exponential(double mean) {
    return (long) Math.min(LONGEST, -Math.log(1 - random.nextDouble()) * mean);
  }

  boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  /// Between the two, in nanoseconds.
  long between(Duration least, Duration most) {
    return least.toNanos() + (long) (random.nextDouble() * (double) most.minus(least).toNanos());
  }

  void runUntil(long end) {
    while (true) {
      Entry next = entries.peek();
      if (next == null || next.at() > end) {
        now = end;
        return;
      }
      entries.poll();
      now = next.at();
      next.event().run();
    }
  }
}

package dev.podium.wire.cloud;

import java.time.Instant;

/// Time, in both kinds, injected so that tests and the simulator own it.
public interface Ticker {
  /// Monotonic time, in nanoseconds, from an arbitrary start; ages are measured with it.
  long nanos();

  /// The wall clock, for people to read and to notice that it jumped.
  Instant wall();

  /// The machine's own clocks.
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Instant wall() {
        return Instant.now();
      }
    };
  }
}

package dev.podium.wire.cloud;

import java.time.Duration;
import java.time.Instant;

/// Time, in both kinds, injected so that tests and the simulator own it.
public interface Ticker {
  /// Monotonic time, in nanoseconds, from an arbitrary start; ages are measured with it.
  long nanos();

  /// The wall clock, for people to read and to notice that it jumped.
  Instant wall();

  /// How far the cloud's clock is ahead of the wall clock, as far as is known; zero before that.
  default Duration cloudAhead() {
    return Duration.ZERO;
  }

  /// Now, by the cloud's clock. Whatever is compared with a moment that the cloud, a VM or another
  /// console wrote down goes by it: this computer's wall clock may be hours off.
  default Instant cloud() {
    return wall().plus(cloudAhead());
  }

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

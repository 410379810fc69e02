package dev.podium.wire.cloud;

import java.time.Duration;

/// How long to wait before what failed is tried again. The pauses grow up to a bound. They are
/// spread, so that many who failed together do not come back together.
///
/// A pure decision. It neither sleeps nor reads a clock. Each caller waits in its own way and may
/// end the wait early, and a simulation counts the pauses on its own time.
///
/// @param first the pause after the first failure, positive
/// @param growth what each further pause is multiplied with, 1 or more
/// @param longest no pause is longer before it is spread, `first` or more
/// @param spread the share by which chance shortens or lengthens a pause at most, 0 to 1
public record Backoff(Duration first, double growth, Duration longest, double spread) {
  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("not a range of pauses: " + first + " to " + longest);
    }
    if (!(growth >= 1) || !(spread >= 0 && spread <= 1)) {
      throw new IllegalArgumentException("growth " + growth + ", spread " + spread);
    }
  }

  /// The pause, before it is spread.
  ///
  /// @param failures how many there were in a row, 1 or more
  public Duration after(int failures) {
    double nanos = first.toNanos() * Math.pow(growth, failures - 1.0);
    return nanos < longest.toNanos() ? Duration.ofNanos((long) nanos) : longest;
  }

  /// The pause as it is to be waited.
  ///
  /// @param failures how many there were in a row, 1 or more
  /// @param chance random, 0 to 1: the shortest pause to the longest
  public Duration after(int failures, double chance) {
    return spread(after(failures), chance);
  }

  /// A pause that the caller chose, spread like the others.
  ///
  /// @param chance random, 0 to 1: the shortest pause to the longest
  public Duration spread(Duration pause, double chance) {
    return Duration.ofNanos((long) (pause.toNanos() * (1 - spread + 2 * spread * chance)));
  }
}

package dev.podium.localcloud.state;

import java.time.Instant;
import java.util.Random;

/// Draws ids from the cloud's seed. Any thread may ask.
public final class Identifiers {
  private final Random random;

  public Identifiers(long seed) {
    this.random = new Random(seed);
  }

  /// A positive id of 18 or 19 digits, as Compute Engine's are.
  public long next() {
    return 100_000_000_000_000_000L + random.nextLong(9_000_000_000_000_000_000L);
  }

  /// An operation's name: `operation-<milliseconds>-<13 hex digits>-<…>`.
  public String operationName(Instant now) {
    return String.format(
        "operation-%d-%013x-%08x-%08x",
        now.toEpochMilli(), random.nextLong(1L << 52), random.nextInt(), random.nextInt());
  }
}

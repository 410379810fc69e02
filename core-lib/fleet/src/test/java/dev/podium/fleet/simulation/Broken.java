package dev.podium.fleet.simulation;

/// A promise was broken. The message holds the seed, which leads to the same again.
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;
  final String promise;

  Broken(long seed, String promise, String what) {
    super("seed " + seed + ": " + promise + ": " + what);
    this.promise = promise;
  }
}

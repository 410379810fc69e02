package dev.podium.agent.checker;

/// A message that is said and not yet safe. Times are the monotonic clock's nanoseconds.
final class Pending {
  final String cid;
  final int number;
  final long saidAt;
  long sentAt;

  /// When patience with the connection began; 0 if it did not.
  long firstAt;

  int tries;

  Pending(String cid, int number, long saidAt) {
    this.cid = cid;
    this.number = number;
    this.saidAt = saidAt;
  }
}

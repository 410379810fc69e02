package dev.podium.localcloud.state;

/// How many bytes all messages together may take. Guarded by the lock of [Messaging].
final class MemoryBudget {
  /// What a message costs beside its own bytes: its objects here, measured as the growth of the
  /// heap.
  static final int OVERHEAD_BYTES = 250;

  private final long limit;
  private long used;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  boolean permits(long bytes) {
    return used + bytes <= limit;
  }

  void take(LogEntry entry) {
    used += entry.size + OVERHEAD_BYTES;
  }

  void giveBack(LogEntry entry) {
    used -= entry.size + OVERHEAD_BYTES;
  }

  long used() {
    return used;
  }
}

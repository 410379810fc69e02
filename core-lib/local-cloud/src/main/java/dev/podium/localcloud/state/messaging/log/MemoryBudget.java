package dev.podium.localcloud.state.messaging.log;

/// How many bytes all messages together may take. Guarded by the lock of
/// [dev.podium.localcloud.state.messaging.Messaging].
public final class MemoryBudget {
  /// What a message costs beside its own bytes: its objects here, measured as the growth of the
  /// heap.
  public static final int OVERHEAD_BYTES = 250;

  private final long limit;
  private long used;

  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  public boolean permits(long bytes) {
    return used + bytes <= limit;
  }

  void take(LogEntry entry) {
    used += entry.size + OVERHEAD_BYTES;
  }

  void giveBack(LogEntry entry) {
    used -= entry.size + OVERHEAD_BYTES;
  }

  public long used() {
    return used;
  }
}

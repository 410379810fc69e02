package dev.podium.localcloud.state.messaging.log;

import dev.podium.localcloud.state.messaging.model.TopicMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A topic's messages in the order of their publication. It is a ring that grows at its end and
/// shrinks at its beginning, with holes where nobody needs a message any more.
///
/// A message stays while its topic retains it or while anyone holds it. Subscriptions and snapshots
/// hold every message that is appended after they came, and let go of each when they are done with
/// it. That costs one number a message, however many they are. Guarded by the lock of
/// [dev.podium.localcloud.state.messaging.Messaging].
public final class MessageLog {
  private final MemoryBudget budget;
  private @Nullable LogEntry[] ring = new @Nullable LogEntry[64];
  private long first;
  private long end;
  private long retainedFrom;

  public MessageLog(MemoryBudget budget) {
    this.budget = budget;
  }

  public long first() {
    return first;
  }

  /// The sequence number that the next message will have.
  public long end() {
    return end;
  }

  /// The message with this sequence number, or null where nobody needs it any more.
  public @Nullable LogEntry at(long sequence) {
    return sequence < first || sequence >= end ? null : ring[slot(sequence)];
  }

  /// Whether the topic itself keeps this message for those who seek back.
  public boolean retains(long sequence) {
    return sequence >= retainedFrom;
  }

  public void append(TopicMessage message, int holders, boolean retained) {
    if (holders == 0 && !retained) {
      return;
    }
    if (end - first == ring.length) {
      grow();
    }
    LogEntry entry = new LogEntry(end, message, holders);
    ring[slot(end)] = entry;
    end++;
    if (!retained) {
      retainedFrom = end;
    }
    budget.take(entry);
  }

  public void hold(LogEntry entry) {
    entry.holders++;
  }

  public void release(LogEntry entry) {
    entry.holders--;
    dropIfUnneeded(entry);
  }

  /// Lets go of what the topic has kept for long enough.
  public void retain(Optional<Duration> retention, Instant now) {
    while (retainedFrom < end) {
      LogEntry entry = at(retainedFrom);
      if (entry != null
          && retention.isPresent()
          && entry.message.published().plus(retention.get()).isAfter(now)) {
        return;
      }
      retainedFrom++;
      if (entry != null) {
        dropIfUnneeded(entry);
      }
    }
  }

  private void dropIfUnneeded(LogEntry entry) {
    if (entry.holders > 0 || retains(entry.sequence) || at(entry.sequence) != entry) {
      return;
    }
    ring[slot(entry.sequence)] = null;
    budget.giveBack(entry);
    while (first < end && ring[slot(first)] == null) {
      first++;
    }
  }

  private int slot(long sequence) {
    return (int) (sequence & (ring.length - 1));
  }

  private void grow() {
    @Nullable LogEntry[] old = ring;
    @Nullable LogEntry[] larger = Arrays.copyOf(old, old.length * 2);
    Arrays.fill(larger, null);
    for (long sequence = first; sequence < end; sequence++) {
      larger[(int) (sequence & (larger.length - 1))] = old[(int) (sequence & (old.length - 1))];
    }
    ring = larger;
  }
}

package dev.podium.localcloud.state.messaging.delivery;

import dev.podium.localcloud.state.messaging.model.MessagingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stream or one pull that receives from a subscription. Its fields are guarded by the lock of
/// [dev.podium.localcloud.state.messaging.Messaging]; the protocol server only creates it, and
/// hands it to `Messaging`.
public final class Receiver {
  /// What is chosen but not yet written. It bounds what a stream whose client does not read can tie
  /// up, and lets other streams have the rest.
  private static final int MOST_UNSENT = 1_000;

  private static final long MOST_UNSENT_BYTES = 10_000_000;

  final Runnable wake;
  private final long maxMessages;
  private final long maxBytes;
  private final List<Delivery> unsent = new ArrayList<>();
  private volatile Optional<Duration> ackDeadline;
  private long unsentBytes;
  private long outstandingMessages;
  private long outstandingBytes;

  public @Nullable Backlog backlog;
  public @Nullable MessagingException ended;
  public boolean wakePending;

  /// Keys that belong to this receiver and have more for it.
  final ArrayDeque<OrderingKeyQueue> keyQueues = new ArrayDeque<>();

  /// @param maxMessages how many may be unacknowledged at a time; 0 or less is without limit
  /// @param maxBytes likewise; a single larger message still comes
  /// @param ackDeadline of each delivery; none is the subscription's own
  /// @param wake called on any thread, outside all locks, when there is something to take; it must
  ///   return at once
  public Receiver(long maxMessages, long maxBytes, Optional<Duration> ackDeadline, Runnable wake) {
    this.maxMessages = maxMessages <= 0 ? Long.MAX_VALUE : maxMessages;
    this.maxBytes = maxBytes <= 0 ? Long.MAX_VALUE : maxBytes;
    this.ackDeadline = ackDeadline;
    this.wake = wake;
  }

  /// Changes the deadline of the deliveries to come. From any thread.
  public void setAckDeadline(Duration ackDeadline) {
    this.ackDeadline = Optional.of(ackDeadline);
  }

  Optional<Duration> ackDeadline() {
    return ackDeadline;
  }

  boolean hasRoom() {
    return outstandingMessages < maxMessages
        && outstandingBytes < maxBytes
        && unsent.size() < MOST_UNSENT
        && unsentBytes < MOST_UNSENT_BYTES;
  }

  void assign(Delivery delivery, int size) {
    unsent.add(delivery);
    unsentBytes += size;
    outstandingMessages++;
    outstandingBytes += size;
  }

  void settled(int size) {
    outstandingMessages--;
    outstandingBytes -= size;
  }

  public List<Delivery> takeUnsent() {
    List<Delivery> taken = List.copyOf(unsent);
    unsent.clear();
    unsentBytes = 0;
    return taken;
  }
}

package dev.podium.localcloud.state.messaging.delivery;

import dev.podium.localcloud.state.messaging.log.LogEntry;
import org.jspecify.annotations.Nullable;

/// What a subscription knows of one message that it has looked at and that is not done with.
/// Guarded by the lock of [dev.podium.localcloud.state.messaging.Messaging].
public final class Outstanding {
  /// Where the message stands with its subscription.
  enum Stage {
    /// To be delivered to whoever has room.
    WAITING,
    /// Failed, and rests until it is delivered again.
    RESTING,
    /// Delivered, and owed an acknowledgement.
    LEASED,
    /// Acknowledged, but an earlier message of its key is not: it may have to be delivered again.
    ACKNOWLEDGED,
    /// No longer this subscription's business.
    DONE
  }

  final Backlog backlog;
  public final LogEntry entry;
  Stage stage = Stage.WAITING;

  /// Rises with each delivery; an acknowledgement names it, so that a stale one is known as such.
  long lease;

  public int attempts;

  /// Whether a fault made it come once more.
  boolean cameAgain;

  @Nullable Receiver receiver;

  @Nullable OrderingKeyQueue keyQueue;
  @Nullable Outstanding nextOfKey;

  /// The wheel's: -1 where no deadline is set.
  long deadlineTick = -1;

  @Nullable Outstanding nextInSlot;
  @Nullable Outstanding previousInSlot;

  Outstanding(Backlog backlog, LogEntry entry) {
    this.backlog = backlog;
    this.entry = entry;
  }
}

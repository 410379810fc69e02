package dev.podium.localcloud.state.messaging.delivery;

import org.jspecify.annotations.Nullable;

/// The messages of one ordering key that one subscription is not done with, in their order.
///
/// While any of them is delivered and unacknowledged, the key belongs to the receiver that has it:
/// what follows goes there or waits. That keeps the order with many receivers, and lets one
/// receiver have many messages of a key in flight. Guarded by the lock of
/// [dev.podium.localcloud.state.messaging.Messaging].
final class OrderingKeyQueue {
  final String key;
  @Nullable Outstanding head;
  @Nullable Outstanding tail;

  /// The first that is not delivered.
  @Nullable Outstanding next;

  @Nullable Receiver owner;
  int leased;

  /// Whether it stands in a queue for delivery already.
  boolean queued;

  OrderingKeyQueue(String key) {
    this.key = key;
  }

  void append(Outstanding message) {
    message.keyQueue = this;
    if (tail == null) {
      head = message;
    } else {
      tail.nextOfKey = message;
    }
    tail = message;
    if (next == null) {
      next = message;
    }
  }

  /// The next message to deliver, or null where there is none or where it rests.
  @Nullable Outstanding deliverable() {
    while (next != null && next.stage != Outstanding.Stage.WAITING) {
      if (next.stage == Outstanding.Stage.RESTING) {
        return null;
      }
      next = next.nextOfKey;
    }
    return next;
  }

  void delivered(Outstanding message, Receiver receiver) {
    next = message.nextOfKey;
    owner = receiver;
    leased++;
  }

  void returned() {
    leased--;
    if (leased == 0) {
      owner = null;
    }
  }
}

package dev.podium.localcloud.state.messaging.delivery;

import dev.podium.localcloud.state.messaging.delivery.Outstanding.Stage;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which receiver of a subscription gets which message next. Each that has room gets one in
/// turn; a key's messages all go to the receiver that has the key. Guarded by the lock of
/// [dev.podium.localcloud.state.messaging.Messaging].
public final class DeliveryQueue {
  private final Backlog backlog;
  private final List<Receiver> toWake;
  private final List<Receiver> receivers = new ArrayList<>();
  private final Map<String, OrderingKeyQueue> keyQueues = new HashMap<>();

  /// Messages without a key that were looked at and must be delivered (again).
  private final ArrayDeque<Outstanding> loose = new ArrayDeque<>();

  /// Keys with something to deliver and no receiver of their own.
  private final ArrayDeque<OrderingKeyQueue> ready = new ArrayDeque<>();

  private int turn;

  DeliveryQueue(Backlog backlog, List<Receiver> toWake) {
    this.backlog = backlog;
    this.toWake = toWake;
  }

  public void open(Receiver receiver) {
    receiver.backlog = backlog;
    receivers.add(receiver);
  }

  /// What it was given stays its own until acknowledged or expired.
  public void close(Receiver receiver) {
    receiver.backlog = null;
    receivers.remove(receiver);
    for (OrderingKeyQueue keyQueue : receiver.keyQueues) {
      keyQueue.queued = false;
    }
    receiver.keyQueues.clear();
  }

  public boolean hasReceivers() {
    return !receivers.isEmpty();
  }

  /// Tells every receiver that nothing more will come.
  public void end(MessagingException why) {
    for (Receiver receiver : List.copyOf(receivers)) {
      receiver.ended = why;
      close(receiver);
      wake(receiver);
    }
  }

  /// Hands out all that can be handed out now.
  void dispatch(Instant now) {
    int passed = 0;
    while (passed < receivers.size()) {
      turn = (turn + 1) % receivers.size();
      Receiver receiver = receivers.get(turn);
      Outstanding message = receiver.hasRoom() ? nextFor(receiver) : null;
      if (message == null) {
        passed++;
      } else {
        passed = 0;
        deliver(message, receiver, now);
      }
    }
  }

  /// Gives a message of an ordered subscription its place behind the others of its key.
  void enterLine(Outstanding message) {
    String key = message.entry.message.content().orderingKey();
    if (backlog.settings.ordered() && !key.isEmpty()) {
      keyQueues.computeIfAbsent(key, OrderingKeyQueue::new).append(message);
    }
  }

  /// Takes the first of a key's messages out of its queue, for good.
  void leaveKeyQueue(OrderingKeyQueue keyQueue, Outstanding head) {
    keyQueue.head = head.nextOfKey;
    if (keyQueue.next == head) {
      keyQueue.next = head.nextOfKey;
    }
    if (keyQueue.head == null) {
      keyQueue.tail = null;
      keyQueues.remove(keyQueue.key);
    }
  }

  /// Makes a message available that was given back or sought back to.
  void add(Outstanding message) {
    if (message.stage == Stage.WAITING) {
      if (message.keyQueue == null) {
        loose.add(message);
      } else {
        enqueue(message.keyQueue);
      }
    }
  }

  /// A delivery ended; its key may be free now for another receiver.
  void released(Outstanding message) {
    OrderingKeyQueue keyQueue = message.keyQueue;
    if (keyQueue == null) {
      return;
    }
    Receiver owner = keyQueue.owner;
    keyQueue.returned();
    if (keyQueue.owner == null) {
      if (keyQueue.queued && owner != null) {
        owner.keyQueues.remove(keyQueue);
        keyQueue.queued = false;
      }
      enqueue(keyQueue);
    }
  }

  void clear() {
    keyQueues.clear();
    loose.clear();
    ready.clear();
    receivers.forEach(receiver -> receiver.keyQueues.clear());
  }

  /// So that they tell their clients of changed settings.
  public void wakeAll() {
    receivers.forEach(this::wake);
  }

  private void wake(Receiver receiver) {
    if (!receiver.wakePending) {
      receiver.wakePending = true;
      toWake.add(receiver);
    }
  }

  private @Nullable Outstanding nextFor(Receiver receiver) {
    Outstanding message = nextOfKeyQueues(receiver.keyQueues);
    if (message == null) {
      message = nextLoose();
    }
    if (message == null) {
      message = nextOfKeyQueues(ready);
    }
    return message == null ? readOn(receiver) : message;
  }

  private @Nullable Outstanding nextLoose() {
    for (Outstanding message = loose.poll(); message != null; message = loose.poll()) {
      if (message.stage == Stage.WAITING) {
        return message;
      }
    }
    return null;
  }

  private static @Nullable Outstanding nextOfKeyQueues(ArrayDeque<OrderingKeyQueue> waiting) {
    for (OrderingKeyQueue keyQueue = waiting.poll(); keyQueue != null; keyQueue = waiting.poll()) {
      keyQueue.queued = false;
      Outstanding message = keyQueue.deliverable();
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  private @Nullable Outstanding readOn(Receiver receiver) {
    for (Outstanding message = backlog.readOn(); message != null; message = backlog.readOn()) {
      OrderingKeyQueue keyQueue = message.keyQueue;
      if (keyQueue == null) {
        return message;
      }
      Outstanding first = keyQueue.deliverable();
      boolean free = keyQueue.owner == null || keyQueue.owner == receiver;
      if (first != null && free && !keyQueue.queued) {
        return first;
      }
      enqueue(keyQueue);
    }
    return null;
  }

  private void deliver(Outstanding message, Receiver receiver, Instant now) {
    Delivery delivery = backlog.lease(message, receiver, now);
    OrderingKeyQueue keyQueue = message.keyQueue;
    if (keyQueue != null) {
      keyQueue.delivered(message, receiver);
      enqueue(keyQueue);
    }
    receiver.assign(delivery, message.entry.size);
    wake(receiver);
  }

  private void enqueue(OrderingKeyQueue keyQueue) {
    if (keyQueue.queued || keyQueue.deliverable() == null) {
      return;
    }
    Receiver owner = keyQueue.owner;
    if (owner == null) {
      ready.add(keyQueue);
    } else if (owner.backlog == backlog) {
      owner.keyQueues.add(keyQueue);
    } else {
      // Its receiver is gone and what that one still has keeps the key until it is given back.
      return;
    }
    keyQueue.queued = true;
  }
}

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
  private final Map<String, KeyLine> lines = new HashMap<>();

  /// Messages without a key that were looked at and must be delivered (again).
  private final ArrayDeque<Outstanding> loose = new ArrayDeque<>();

  /// Keys with something to deliver and no receiver of their own.
  private final ArrayDeque<KeyLine> ready = new ArrayDeque<>();

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
    for (KeyLine line : receiver.lines) {
      line.queued = false;
    }
    receiver.lines.clear();
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
      lines.computeIfAbsent(key, KeyLine::new).append(message);
    }
  }

  /// Takes the first of a key's messages out of its line, for good.
  void leaveLine(KeyLine line, Outstanding head) {
    line.head = head.nextOfKey;
    if (line.next == head) {
      line.next = head.nextOfKey;
    }
    if (line.head == null) {
      line.tail = null;
      lines.remove(line.key);
    }
  }

  /// Makes a message available that was given back or sought back to.
  void add(Outstanding message) {
    if (message.stage == Stage.WAITING) {
      if (message.line == null) {
        loose.add(message);
      } else {
        enqueue(message.line);
      }
    }
  }

  /// A delivery ended; its key may be free now for another receiver.
  void released(Outstanding message) {
    KeyLine line = message.line;
    if (line == null) {
      return;
    }
    Receiver owner = line.owner;
    line.returned();
    if (line.owner == null) {
      if (line.queued && owner != null) {
        owner.lines.remove(line);
        line.queued = false;
      }
      enqueue(line);
    }
  }

  void clear() {
    lines.clear();
    loose.clear();
    ready.clear();
    receivers.forEach(receiver -> receiver.lines.clear());
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
    Outstanding message = nextOfLines(receiver.lines);
    if (message == null) {
      message = nextLoose();
    }
    if (message == null) {
      message = nextOfLines(ready);
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

  private static @Nullable Outstanding nextOfLines(ArrayDeque<KeyLine> waiting) {
    for (KeyLine line = waiting.poll(); line != null; line = waiting.poll()) {
      line.queued = false;
      Outstanding message = line.deliverable();
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  private @Nullable Outstanding readOn(Receiver receiver) {
    for (Outstanding message = backlog.readOn(); message != null; message = backlog.readOn()) {
      KeyLine line = message.line;
      if (line == null) {
        return message;
      }
      Outstanding first = line.deliverable();
      boolean free = line.owner == null || line.owner == receiver;
      if (first != null && free && !line.queued) {
        return first;
      }
      enqueue(line);
    }
    return null;
  }

  private void deliver(Outstanding message, Receiver receiver, Instant now) {
    Delivery delivery = backlog.lease(message, receiver, now);
    KeyLine line = message.line;
    if (line != null) {
      line.delivered(message, receiver);
      enqueue(line);
    }
    receiver.assign(delivery, message.entry.size);
    wake(receiver);
  }

  private void enqueue(KeyLine line) {
    if (line.queued || line.deliverable() == null) {
      return;
    }
    Receiver owner = line.owner;
    if (owner == null) {
      ready.add(line);
    } else if (owner.backlog == backlog) {
      owner.lines.add(line);
    } else {
      // Its receiver is gone and what that one still has keeps the key until it is given back.
      return;
    }
    line.queued = true;
  }
}

package dev.podium.localcloud.state.messaging.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A timer wheel for acknowledgement deadlines. Setting, moving and clearing one takes the same
/// short time however many there are. It costs no memory beyond the message's own record.
///
/// One turn is 819 s, longer than Pub/Sub's longest deadline of 600 s, so a deadline never goes
/// round twice. Guarded by the lock of [dev.podium.localcloud.state.messaging.Messaging].
final class DeadlineWheel {
  static final long TICK_MILLIS = 100;
  private static final int SLOTS = 8192;
  static final Duration LONGEST = Duration.ofMillis(TICK_MILLIS * (SLOTS - 2));

  private final @Nullable Outstanding[] slots = new @Nullable Outstanding[SLOTS];
  private long currentTick;

  DeadlineWheel(Instant now) {
    currentTick = tickOf(now);
  }

  /// Sets or moves the deadline of a message, at least one tick from now.
  void set(Outstanding message, Instant deadline) {
    clear(message);
    long tick = Math.min(Math.max(tickOf(deadline) + 1, currentTick + 1), currentTick + SLOTS - 1);
    message.deadlineTick = tick;
    int slot = slot(tick);
    Outstanding head = slots[slot];
    message.nextInSlot = head;
    message.previousInSlot = null;
    if (head != null) {
      head.previousInSlot = message;
    }
    slots[slot] = message;
  }

  void clear(Outstanding message) {
    if (message.deadlineTick < 0) {
      return;
    }
    Outstanding next = message.nextInSlot;
    Outstanding previous = message.previousInSlot;
    if (next != null) {
      next.previousInSlot = previous;
    }
    if (previous != null) {
      previous.nextInSlot = next;
    } else {
      slots[slot(message.deadlineTick)] = next;
    }
    message.nextInSlot = null;
    message.previousInSlot = null;
    message.deadlineTick = -1;
  }

  /// Moves on to `now` and returns those whose deadline has come, each still set. Acting on one may
  /// clear another, which is then no longer [#isDue].
  List<Outstanding> advance(Instant now) {
    long target = tickOf(now);
    if (target <= currentTick) {
      return List.of();
    }
    List<Outstanding> due = new ArrayList<>();
    long last = Math.min(target, currentTick + SLOTS);
    for (long tick = currentTick + 1; tick <= last; tick++) {
      for (Outstanding at = slots[slot(tick)]; at != null; at = at.nextInSlot) {
        due.add(at);
      }
    }
    currentTick = target;
    return due;
  }

  boolean isDue(Outstanding message) {
    return message.deadlineTick >= 0 && message.deadlineTick <= currentTick;
  }

  private static long tickOf(Instant instant) {
    return instant.toEpochMilli() / TICK_MILLIS;
  }

  private static int slot(long tick) {
    return (int) (tick & (SLOTS - 1));
  }
}

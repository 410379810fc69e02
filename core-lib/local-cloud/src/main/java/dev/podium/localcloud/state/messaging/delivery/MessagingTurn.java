package dev.podium.localcloud.state.messaging.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The frame around everything that [dev.podium.localcloud.state.messaging.Messaging] does. It
/// takes the lock, sees to deadlines first, and hands out messages where a subscription was
/// touched. It wakes receivers when the lock is free again.
public final class MessagingTurn {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final Consumer<Instant> housekeeping;
  private final Set<Backlog> touched = new LinkedHashSet<>();
  private final List<Receiver> toWake = new ArrayList<>();
  private final DeadlineWheel wheel;
  private Instant now;
  private Instant nextHousekeeping;

  public MessagingTurn(InstantSource clock, Consumer<Instant> housekeeping) {
    this.clock = clock;
    this.housekeeping = housekeeping;
    this.now = clock.instant();
    this.nextHousekeeping = now.plus(HOUSEKEEPING);
    this.wheel = new DeadlineWheel(now);
  }

  DeadlineWheel wheel() {
    return wheel;
  }

  List<Receiver> toWake() {
    return toWake;
  }

  /// The moment of the turn that is running.
  public Instant now() {
    return now;
  }

  /// What this subscription has may go to other receivers, or to more of them, after this turn.
  public void touched(Backlog backlog) {
    touched.add(backlog);
  }

  public void run(Consumer<Instant> action) {
    call(instant -> {
      action.accept(instant);
      return true;
    });
  }

  public <T> T call(Function<Instant, T> action) {
    List<Receiver> woken = List.of();
    lock.lock();
    try {
      now = clock.instant();
      actOnDeadlines();
      return action.apply(now);
    } finally {
      // Also when the action failed: the deadlines have been acted on all the same.
      handOut();
      woken = List.copyOf(toWake);
      toWake.clear();
      lock.unlock();
      woken.forEach(receiver -> receiver.wake.run());
    }
  }

  private void actOnDeadlines() {
    for (Outstanding message : wheel.advance(now)) {
      if (wheel.isDue(message)) {
        message.backlog.deadlineReached(message, now);
        touched(message.backlog);
      }
    }
    if (!now.isBefore(nextHousekeeping)) {
      nextHousekeeping = now.plus(HOUSEKEEPING);
      housekeeping.accept(now);
    }
  }

  private void handOut() {
    touched.forEach(backlog -> backlog.queue.dispatch(now));
    touched.clear();
  }
}

package dev.podium.wire.google.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The library's timers for one subscription. Of its own accord it looks ten times a second whether
/// there is something to acknowledge. That keeps an idle processor awake, and costs a call for each
/// message of a slow stream. Here it looks when it has something to send, and once a second. May be
/// used from any thread.
final class AckTimers extends AbstractExecutorService implements ScheduledExecutorService {
  /// Between two looks at a subscription of which nothing comes. Far below the shortest time that
  /// Pub/Sub waits for an acknowledgement, which is ten seconds.
  static final Duration IDLE = Duration.ofSeconds(1);

  private final ScheduledExecutorService timers;
  private final boolean soon;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile Runnable look = () -> {};
  private volatile Duration pause = IDLE;

  /// @param timers one thread, shared with other subscriptions; closed by its owner alone
  /// @param soon whether acknowledgements leave as soon as the library wants, and not once a second
  AckTimers(ScheduledExecutorService timers, boolean soon) {
    this.timers = timers;
    this.soon = soon;
  }

  /// A message was acknowledged by its receiver, which Pub/Sub is to be told.
  void acknowledged() {
    if (soon && due.compareAndSet(false, true)) {
      try {
        ScheduledFuture<?> next =
            timers.schedule(this::lookNow, pause.toMillis(), TimeUnit.MILLISECONDS);
        assert next != null;
      } catch (RejectedExecutionException closed) {
        // What was not told in time is brought to somebody again.
        due.set(false);
      }
    }
  }

  private void lookNow() {
    due.set(false);
    look.run();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initial, long delay, TimeUnit unit) {
    Duration wanted = Duration.of(delay, unit.toChronoUnit());
    if (wanted.compareTo(IDLE) >= 0) {
      return timers.scheduleWithFixedDelay(task, initial, delay, unit);
    }
    look = task;
    pause = wanted;
    return timers.scheduleWithFixedDelay(
        task, IDLE.toMillis(), IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initial, long period, TimeUnit unit) {
    return timers.scheduleAtFixedRate(task, initial, period, unit);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return timers.schedule(task, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return timers.schedule(task, delay, unit);
  }

  @Override
  public void execute(Runnable task) {
    timers.execute(task);
  }

  /// Does nothing: the threads are others' too.
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return timers.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return timers.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return timers.awaitTermination(timeout, unit);
  }
}

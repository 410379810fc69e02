package dev.podium.localcloud.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The computer's own time, on one daemon thread. Steps are short, so one is enough.
public final class SystemTimeline implements Timeline, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SystemTimeline.class.getName());

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor executor;

  public SystemTimeline(InstantSource clock) {
    this.clock = clock;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("local-cloud-timeline").unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // Steps that are due after the end have nobody to see them.
    executor.setRejectedExecutionHandler((task, pool) -> {});
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void after(Duration delay, Runnable action) {
    var _ = executor.schedule(() -> safely(action), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// One failed step must neither stop the others nor vanish in a future that nobody reads.
  private static void safely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "A step of the local cloud failed.", fault);
    }
  }

  /// Forgets whatever was to happen.
  @Override
  public void close() {
    executor.shutdownNow();
  }
}

package dev.podium.fleet.identity;

import dev.podium.fleet.directory.Background;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Does something after a while, on a thread where it may wait for a network.
@FunctionalInterface
public interface Later {
  void run(Duration after, Runnable task);

  /// In real time, on virtual threads.
  static Later inRealTime() {
    return (after, task) ->
        CompletableFuture.delayedExecutor(
                after.toMillis(), TimeUnit.MILLISECONDS, Background.THREADS)
            .execute(task);
  }
}

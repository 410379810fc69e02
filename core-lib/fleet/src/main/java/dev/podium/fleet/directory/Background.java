package dev.podium.fleet.directory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Work that waits for a network, each on a virtual thread of its own.
public final class Background {
  public static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private Background() {}

  /// Begins the work. It completes the future itself, or hands it on; if it throws, the future
  /// fails with a `PodiumException`.
  public static <T> CompletableFuture<T> start(Consumer<CompletableFuture<T>> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    THREADS.execute(() -> {
      try {
        work.accept(future);
      } catch (RuntimeException e) {
        // Whoever holds the future waits for an answer, whatever went wrong.
        future.completeExceptionally(Failures.podium(e));
      }
    });
    return future;
  }
}

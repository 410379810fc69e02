package dev.podium.desktop.fx;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// The two places where the window's work runs: its own thread, which owns everything that is seen,
/// and the background, where anything may block.
///
/// View models take one, so that their tests run them on one thread with a clock of their own.
public interface UiExecutor {
  /// Runs the work on the window's thread, soon. Callable from any thread.
  void onWindow(Runnable work);

  /// Runs work that may block on a thread of its own.
  void inBackground(Runnable work);

  /// Runs the work on the window's thread once a period, first after one period, until the handle
  /// is closed.
  Handle every(Duration period, Runnable work);

  /// Runs blocking work in the background and hands its result, or what it threw, to the window's
  /// thread.
  default <T> void call(
      Callable<? extends T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    inBackground(() -> {
      try {
        T result = work.call();
        onWindow(() -> done.accept(result));
      } catch (Throwable failure) {
        // Broad on purpose: whatever went wrong must reach the person who waits for an answer.
        onWindow(() -> failed.accept(failure));
      }
    });
  }

  /// Hands the future's result, or its failure without the wrapper that futures put around it, to
  /// the window's thread.
  default <T> void await(
      CompletableFuture<T> future, Consumer<? super T> done, Consumer<? super Throwable> failed) {
    var _ =
        future.whenComplete((result, failure) ->
            onWindow(() -> {
              if (failure == null) {
                done.accept(result);
              } else {
                failed.accept(unwrap(failure));
              }
            }));
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /// Ends what was begun. Closing it twice does nothing.
  @FunctionalInterface
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}

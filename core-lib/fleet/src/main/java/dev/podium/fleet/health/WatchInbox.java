package dev.podium.fleet.health;

import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/// What waits for the watch's thread, in the order in which it came. May be used from any thread;
/// [#next] is for the watch's own.
final class WatchInbox {
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Something that the watch is told.
  @FunctionalInterface
  interface Message {
    /// @param now when the watch's thread takes it up
    void deliver(FleetWatch watch, ClockReading now);
  }

  /// Adds a message. Returns at once; does nothing after the end.
  void tell(Message message) {
    if (!closed.get()) {
      messages.add(message);
    }
  }

  /// Adds a question. Returns at once.
  ///
  /// @return the watch's answer; fails with the [PodiumException] that it throws
  <T> CompletableFuture<T> ask(BiFunction<FleetWatch, ClockReading, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tell((watch, now) -> {
      try {
        answer.complete(question.apply(watch, now));
      } catch (PodiumException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  /// Waits for the next message.
  ///
  /// @param nanos for so long at most
  /// @return empty if none came
  Optional<Message> next(long nanos) throws InterruptedException {
    return Optional.ofNullable(messages.poll(nanos, TimeUnit.NANOSECONDS));
  }

  /// Takes no more messages.
  ///
  /// @return whether it was open until now
  boolean close() {
    return closed.compareAndSet(false, true);
  }

  boolean isClosed() {
    return closed.get();
  }
}

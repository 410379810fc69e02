package dev.podium.agent;

import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A bus that is still being made: its client loads thousands of classes, and the page need not
/// wait for them.
final class LateBus implements MessageBus {
  private final CompletableFuture<MessageBus> bus;

  LateBus(Supplier<MessageBus> make) {
    bus = new CompletableFuture<>();
    bus.completeAsync(make, task -> Thread.ofPlatform().daemon().name("bus").start(task));
  }

  @Override
  public void ensureTopic(String topic, Duration retention) {
    bus().ensureTopic(topic, retention);
  }

  @Override
  public String topicId(String topic) {
    return bus().topicId(topic);
  }

  @Override
  public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
    // Not before there is a bus; then at once and in order.
    return bus.isDone()
        ? bus().publishAll(topic, messages)
        : messages.stream().map(_ -> unavailable()).toList();
  }

  @Override
  public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
    return bus().subscribe(spec, receiver);
  }

  @Override
  public void deleteSubscription(String name) {
    bus().deleteSubscription(name);
  }

  @Override
  public void close() {
    if (bus.isDone() && !bus.isCompletedExceptionally()) {
      bus().close();
    }
  }

  private MessageBus bus() {
    try {
      return bus.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof PodiumException known) {
        throw known;
      }
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new PodiumException.Unavailable(
          "The connection to Pub/Sub could not be opened",
          String.valueOf(cause),
          "Restart the VM; its serial console says more.",
          cause);
    }
  }

  private static CompletableFuture<String> unavailable() {
    return CompletableFuture.failedFuture(
        new PodiumException.Unavailable(
            "The message was not published",
            "the connection to Pub/Sub is still being made",
            "Try again in a moment.",
            null));
  }
}

package dev.podium.fleet.testing;

import dev.podium.wire.cloud.MessageBus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Delivers every message at once, to every subscription of its topic, on the publisher's thread.
/// Filters, retention and replay are not looked at.
public final class MemoryBus implements MessageBus {
  private final List<Live> live = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile boolean cut;
  private final AtomicInteger replaced = new AtomicInteger();

  private record Live(
      String topic, String name, Consumer<Incoming> receiver, CompletableFuture<Void> end)
      implements Subscription {
    @Override
    public CompletableFuture<Void> ended() {
      return end;
    }

    @Override
    public void close() {}
  }

  /// While it is cut, what is published arrives nowhere.
  public void cut(boolean now) {
    cut = now;
  }

  /// Deletes a topic and makes another of its name. Its subscriptions stay, and bring nothing.
  public void replace(String topic) {
    replaced.incrementAndGet();
    live.removeIf(one -> one.topic().equals(topic));
  }

  @Override
  public String topicId(String topic) {
    return topic + " " + replaced;
  }

  /// How many subscriptions the topic has.
  public long subscriptions(String topic) {
    return live.stream().filter(one -> one.topic().equals(topic)).count();
  }

  @Override
  public void ensureTopic(String topic, Duration retention) {}

  @Override
  public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
    return messages.stream().map(one -> publish(topic, one)).toList();
  }

  @Override
  public CompletableFuture<String> publish(String topic, Outgoing message) {
    String id = Long.toString(ids.incrementAndGet());
    Incoming incoming =
        new Incoming(
            id, message.body(), message.attributes(), message.orderingKey(), Instant.now());
    if (!cut) {
      live.stream()
          .filter(one -> one.topic().equals(topic))
          .forEach(one -> one.receiver().accept(incoming));
    }
    return CompletableFuture.completedFuture(id);
  }

  @Override
  public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
    Live one = new Live(spec.topic(), spec.name(), receiver, new CompletableFuture<>());
    live.add(one);
    return one;
  }

  @Override
  public void deleteSubscription(String name) {
    live.removeIf(one -> one.name().equals(name));
  }

  @Override
  public void close() {
    live.clear();
  }
}

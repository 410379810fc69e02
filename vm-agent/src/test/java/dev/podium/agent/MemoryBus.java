package dev.podium.agent;

import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Pub/Sub in memory, shared by the agents of one test: ordered, at least once, and broken on
/// request. As with Google's client, what is published on one key within a moment is one batch,
/// which arrives or fails as a whole.
public final class MemoryBus implements MessageBus {
  private final Map<String, List<Incoming>> topics = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Running> subscriptions = new HashMap<>();
  private long nextId = 1;
  private final Map<String, List<Runnable>> batches = new HashMap<>();
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("batches").unstarted(task));
  private int failures;
  private boolean batchFails;
  private boolean cut;
  private String refused = "";
  private String stillborn = "";
  private String slow = "";
  private int letThrough;
  private final List<Runnable> held = new ArrayList<>();

  /// The next so many batches of ordered messages fail, and are not delivered.
  public synchronized void failNext(int count) {
    failures = count;
  }

  /// Nothing gets through any more, in either direction, or it does again.
  public synchronized void cut(boolean isCut) {
    cut = isCut;
  }

  /// Ends the subscriptions of a topic, as Pub/Sub does when one was deleted; new ones are refused
  /// until [#restore].
  public synchronized void end(String topic) {
    refused = topic;
    subscriptions.values().stream()
        .filter(running -> running.topic.equals(topic))
        .forEach(running -> running.ended.completeExceptionally(new IllegalStateException("gone")));
    subscriptions.values().removeIf(running -> running.topic.equals(topic));
  }

  /// Deletes a topic and makes another of its name, as others than the fleet's VMs do. Its
  /// subscriptions stay, bring what they hold, and get nothing of the new one.
  public synchronized void replace(String topic) {
    topics.put(topic, new ArrayList<>());
    ids.merge(topic, 1, Integer::sum);
    subscriptions.values().stream()
        .filter(running -> running.topic.equals(topic))
        .forEach(running -> running.orphaned = true);
  }

  public synchronized void restore() {
    refused = "";
  }

  /// From now on that VM is brought so many more messages of rooms; the rest waits until
  /// [#catchUp]. Messages of no room overtake them.
  public synchronized void slow(String vm, int first) {
    slow = vm;
    letThrough = first;
  }

  public synchronized void catchUp() {
    slow = "";
    held.forEach(Runnable::run);
    held.clear();
  }

  /// Brings what waits, one message after the other, with a pause before each.
  ///
  /// @return completes with the last of them
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing of it fails.
  public synchronized CompletableFuture<Void> catchUpSlowly(Duration pause) {
    slow = "";
    CompletableFuture<Void> done = new CompletableFuture<>();
    long after = 0;
    for (Runnable one : held) {
      after += pause.toMillis();
      sender.schedule(one, after, TimeUnit.MILLISECONDS);
    }
    sender.schedule(() -> done.complete(null), after, TimeUnit.MILLISECONDS);
    held.clear();
    return done;
  }

  /// The next subscription of that topic brings nothing and ends a moment later.
  public synchronized void stillbirth(String topic) {
    stillborn = topic;
  }

  public synchronized List<Incoming> published(String topic) {
    return List.copyOf(topics.getOrDefault(topic, List.of()));
  }

  /// Whether a VM of that name has a subscription of that topic.
  public synchronized boolean hasSubscriber(String vm, String topic) {
    return subscriptions.entrySet().stream()
        .anyMatch(one -> one.getKey().contains(vm) && one.getValue().topic.equals(topic));
  }

  public synchronized int subscriptions() {
    return subscriptions.size();
  }

  @Override
  public synchronized String topicId(String topic) {
    return "topic-" + ids.getOrDefault(topic, 0);
  }

  @Override
  public synchronized void ensureTopic(String topic, Duration retention) {
    topics.computeIfAbsent(topic, name -> new ArrayList<>());
  }

  /// All in one batch, for no batch leaves while this holds the lock.
  @Override
  public synchronized List<CompletableFuture<String>> publishAll(
      String topic, List<Outgoing> messages) {
    return messages.stream().map(one -> publish(topic, one)).toList();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Both ways to end are handled.
  public synchronized CompletableFuture<String> publish(String topic, Outgoing message) {
    if (message.orderingKey().isEmpty()) {
      return send(topic, message, cut);
    }
    CompletableFuture<String> published = new CompletableFuture<>();
    List<Runnable> batch =
        batches.computeIfAbsent(
            message.orderingKey().get(),
            key -> {
              sender.schedule(() -> sendBatch(key), 2, TimeUnit.MILLISECONDS);
              return new ArrayList<>();
            });
    batch.add(() ->
        send(topic, message, batchFails)
            .whenComplete((id, failure) -> {
              if (failure == null) {
                published.complete(id);
              } else {
                published.completeExceptionally(failure);
              }
            }));
    return published;
  }

  private synchronized void sendBatch(String key) {
    batchFails = cut || failures > 0;
    failures = Math.max(0, failures - 1);
    Objects.requireNonNull(batches.remove(key)).forEach(Runnable::run);
  }

  private CompletableFuture<String> send(String topic, Outgoing message, boolean fails) {
    if (fails) {
      return CompletableFuture.failedFuture(
          new PodiumException.Unavailable(
              "The message was not published", "a test", "Wait.", null));
    }
    String id = String.valueOf(nextId++);
    Incoming incoming =
        new Incoming(
            id, message.body(), message.attributes(), message.orderingKey(), Instant.now());
    topics.computeIfAbsent(topic, name -> new ArrayList<>()).add(incoming);
    subscriptions.forEach((name, running) -> {
      if (running.topic.equals(topic) && !running.orphaned) {
        bring(name, running, incoming);
      }
    });
    return CompletableFuture.completedFuture(id);
  }

  private void bring(String name, Running running, Incoming incoming) {
    boolean waits =
        !slow.isEmpty()
            && name.contains(slow)
            && incoming.orderingKey().isPresent()
            && letThrough-- <= 0;
    if (waits) {
      held.add(() -> running.deliver(incoming));
    } else {
      running.deliver(incoming);
    }
  }

  @Override
  public synchronized Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
    if (spec.topic().equals(refused)) {
      throw new PodiumException.Unavailable("The subscription", "a test", "Wait.", null);
    }
    Running running = new Running(spec.topic(), receiver);
    if (spec.topic().equals(stillborn)) {
      stillborn = "";
      running.ended.completeAsync(
          () -> {
            throw new IllegalStateException("gone");
          },
          CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
      return running;
    }
    subscriptions.put(spec.name(), running);
    if (spec.replay().isPresent()) {
      topics
          .getOrDefault(spec.topic(), List.of())
          .forEach(incoming -> bring(spec.name(), running, incoming));
    }
    return running;
  }

  @Override
  public synchronized void deleteSubscription(String name) {
    Running running = subscriptions.remove(name);
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {}

  private static final class Running implements Subscription {
    private final String topic;
    private final Consumer<Incoming> receiver;
    private volatile boolean orphaned;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("bus").unstarted(task));

    Running(String topic, Consumer<Incoming> receiver) {
      this.topic = topic;
      this.receiver = receiver;
    }

    void deliver(Incoming incoming) {
      try {
        thread.execute(() -> {
          try {
            receiver.accept(incoming);
          } catch (RejectedExecutionException ended) {
            // The agent has ended; as with Pub/Sub, that is no concern of the bus.
          }
        });
      } catch (RejectedExecutionException closed) {
        // Nobody receives any more.
      }
    }

    @Override
    public CompletableFuture<Void> ended() {
      return ended;
    }

    @Override
    public void close() {
      thread.shutdown();
      ended.complete(null);
    }
  }
}

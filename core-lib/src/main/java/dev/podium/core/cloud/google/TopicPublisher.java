package dev.podium.core.cloud.google;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.podium.core.cloud.MessageBus.Outgoing;
import dev.podium.core.model.PodiumException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Publishes to one topic. With ordering keys the library repeats a batch until it succeeds or
/// Pub/Sub refuses it, holding back what follows; without, for a minute.
final class TopicPublisher {
  private static final long MOST_WAITING_MESSAGES = 2_000;
  private static final long MOST_WAITING_BYTES = 8 << 20;

  private final Asked asked;
  private final Publisher publisher;
  private final AtomicLong sequence = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Map<String, Key> keys = new HashMap<>();

  TopicPublisher(PubsubConnection connection, TopicName topic, boolean ordered, Asked asked)
      throws IOException {
    this.asked = asked;
    this.publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(connection.transport())
            .setCredentialsProvider(connection.credentials())
            .setExecutorProvider(connection.timers())
            .setEnableMessageOrdering(ordered)
            .setBatchingSettings(batching())
            .build();
  }

  /// Small enough a delay that no person notices. The library's own bound is off, for it counts
  /// what it refuses on a stopped key as waiting for ever; [#publish] bounds what waits instead.
  private static BatchingSettings batching() {
    return BatchingSettings.newBuilder()
        .setElementCountThreshold(100L)
        .setRequestByteThreshold(64L << 10)
        .setDelayThresholdDuration(Duration.ofMillis(2))
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setLimitExceededBehavior(LimitExceededBehavior.Ignore)
                .build())
        .build();
  }

  CompletableFuture<String> publish(Outgoing message) {
    if (waiting.size() >= MOST_WAITING_MESSAGES || waitingBytes.get() >= MOST_WAITING_BYTES) {
      return CompletableFuture.failedFuture(
          new PodiumException.Unavailable(
              asked.what(),
              "too many messages wait for Pub/Sub already",
              "Send it again in a moment.",
              null));
    }
    String key = message.orderingKey().orElse("");
    int bytes = message.body().length();
    CompletableFuture<String> published = new CompletableFuture<>();
    waitingBytes.addAndGet(bytes);
    started(key);
    long number = sequence.incrementAndGet();
    waiting.put(number, published);
    PubsubMessage wire =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(message.body()))
            .putAllAttributes(message.attributes())
            .setOrderingKey(key)
            .build();
    try {
      ApiFutures.addCallback(publisher.publish(wire), answer(key, number, bytes), Runnable::run);
    } catch (RuntimeException e) {
      // The library throws where it is shut down; the promise is a future that fails.
      ended(key, bytes, true);
      fail(number, PubsubErrors.translate(asked, e));
    }
    return published;
  }

  private ApiFutureCallback<String> answer(String key, long number, int bytes) {
    return new ApiFutureCallback<>() {
      @Override
      public void onSuccess(String id) {
        ended(key, bytes, false);
        @Nullable CompletableFuture<String> published = waiting.remove(number);
        if (published != null) {
          published.complete(id);
        }
      }

      @Override
      public void onFailure(Throwable failure) {
        ended(key, bytes, true);
        fail(number, PubsubErrors.translate(asked, failure));
      }
    };
  }

  private void started(String key) {
    if (!key.isEmpty()) {
      synchronized (keys) {
        keys.computeIfAbsent(key, name -> new Key()).outstanding++;
      }
    }
  }

  /// After a failure the library refuses a key's messages until it is resumed. That is done only
  /// when none of them is on its way any more: else one said later could get through before those
  /// that failed are published again.
  private void ended(String key, int bytes, boolean failed) {
    waitingBytes.addAndGet(-bytes);
    if (key.isEmpty()) {
      return;
    }
    synchronized (keys) {
      Key state = Objects.requireNonNull(keys.get(key));
      state.outstanding--;
      state.failed |= failed;
      if (state.outstanding == 0) {
        keys.remove(key);
        if (state.failed) {
          publisher.resumePublish(key);
        }
      }
    }
  }

  private void fail(long number, PodiumException failure) {
    @Nullable CompletableFuture<String> published = waiting.remove(number);
    if (published != null) {
      published.completeExceptionally(failure);
    }
  }

  /// Sends what still waits for its batch and takes nothing more. Does not wait: the library's own
  /// shutdown blocks, uninterruptibly, until the last message is answered, which may be never.
  void shutDown() {
    publisher.publishAllOutstanding();
    Thread.ofVirtual().name("publisher-end").start(publisher::shutdown);
  }

  /// Gives what was sent until then to be answered; the rest fails.
  void awaitEnd(Duration patience) {
    CompletableFuture<?> answered =
        CompletableFuture.allOf(waiting.values().toArray(CompletableFuture<?>[]::new));
    try {
      answered.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever published has been told, or is told now.
    }
    PodiumException closed =
        new PodiumException.Unavailable(
            asked.what(), "Podium is ending", "Send it again after the next start.", null);
    List.copyOf(waiting.keySet()).forEach(number -> fail(number, closed));
  }

  /// What is known of an ordering key while messages of it are on their way.
  private static final class Key {
    private int outstanding;
    private boolean failed;
  }
}

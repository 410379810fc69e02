package dev.podium.core.cloud.google;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.podium.core.cloud.MessageBus.Outgoing;
import dev.podium.core.model.PodiumException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Publishes to one topic. A message without a key goes at once, by itself. Of a key one request is
/// on its way at a time; what is published meanwhile leaves together with the next, so an idle key
/// adds no delay and a busy one makes batches by itself.
///
/// When a request fails, all that waited behind it fails too, and until each of these has been told
/// the key takes nothing: so nothing said later gets through before a message that failed. (The
/// library's own `Publisher` calls back before it has stopped a key, and what is published in that
/// moment gets through or is never answered.)
final class TopicPublisher {
  private static final int MOST_WAITING_MESSAGES = 2_000;
  private static final long MOST_WAITING_BYTES = 8 << 20;

  /// Pub/Sub takes a thousand messages and ten million bytes in one request; a smaller one is
  /// answered sooner.
  private static final int BATCH_MESSAGES = 200;

  private static final int BATCH_BYTES = 256 << 10;

  /// As the library repeats a publication, for a minute in all.
  private static final ApiCallContext REPEATING =
      GrpcCallContext.createDefault()
          .withRetryableCodes(
              Set.of(
                  Code.UNAVAILABLE,
                  Code.ABORTED,
                  Code.CANCELLED,
                  Code.INTERNAL,
                  Code.RESOURCE_EXHAUSTED,
                  Code.UNKNOWN,
                  Code.DEADLINE_EXCEEDED))
          .withRetrySettings(
              RetrySettings.newBuilder()
                  .setInitialRetryDelayDuration(Duration.ofMillis(100))
                  .setRetryDelayMultiplier(2)
                  .setMaxRetryDelayDuration(Duration.ofSeconds(5))
                  .setInitialRpcTimeoutDuration(Duration.ofSeconds(10))
                  .setMaxRpcTimeoutDuration(Duration.ofSeconds(10))
                  .setTotalTimeoutDuration(Duration.ofSeconds(60))
                  .build());

  private final UnaryCallable<PublishRequest, PublishResponse> publish;
  private final String topic;
  private final Asked asked;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Map<String, Key> keys = new HashMap<>();
  private volatile boolean ended;

  TopicPublisher(
      UnaryCallable<PublishRequest, PublishResponse> publish, TopicName topic, Asked asked) {
    this.publish = publish;
    this.topic = topic.toString();
    this.asked = asked;
  }

  /// @param messages at least one; all of one key, or none of any
  List<CompletableFuture<String>> publish(List<Outgoing> messages) {
    List<Waiting> added = messages.stream().map(one -> new Waiting(wire(one))).toList();
    if (ended) {
      return refused(added, ending());
    }
    if (waiting.size() + added.size() > MOST_WAITING_MESSAGES
        || waitingBytes.get() >= MOST_WAITING_BYTES) {
      return refused(added, refusal("too many messages wait for Pub/Sub already"));
    }
    String name = messages.getFirst().orderingKey().orElse("");
    if (name.isEmpty()) {
      added.forEach(this::waits);
      added.forEach(one -> send(List.of(one), null));
      return promises(added);
    }
    Key key;
    synchronized (keys) {
      key = keys.computeIfAbsent(name, Key::new);
      if (key.failing) {
        return refused(added, refusal("an earlier message of its room failed"));
      }
      // All are in the queue before the first can fail, and what is in the queue fails with it.
      added.forEach(this::waits);
      key.queue.addAll(added);
      if (key.flying) {
        return promises(added);
      }
      key.flying = true;
    }
    sendNext(key);
    return promises(added);
  }

  /// Takes nothing more. What is on its way goes on.
  void shutDown() {
    ended = true;
  }

  /// Gives what was sent until then to be answered; the rest fails.
  void awaitEnd(Duration patience) {
    CompletableFuture<?> answered =
        CompletableFuture.allOf(
            waiting.stream().map(one -> one.published).toArray(CompletableFuture<?>[]::new));
    try {
      answered.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever published has been told, or is told now.
    }
    List.copyOf(waiting).forEach(one -> one.published.completeExceptionally(ending()));
  }

  private void sendNext(Key key) {
    List<Waiting> batch = new ArrayList<>();
    synchronized (keys) {
      int bytes = 0;
      while (!key.queue.isEmpty() && batch.size() < BATCH_MESSAGES && bytes < BATCH_BYTES) {
        Waiting next = key.queue.removeFirst();
        bytes += next.message.getData().size();
        batch.add(next);
      }
      if (batch.isEmpty()) {
        keys.remove(key.name);
        return;
      }
    }
    send(batch, key);
  }

  private void send(List<Waiting> batch, @Nullable Key key) {
    PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(topic);
    batch.forEach(waits -> request.addMessages(waits.message));
    ApiFutureCallback<PublishResponse> answer =
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(PublishResponse response) {
            if (response.getMessageIdsCount() != batch.size()) {
              fail(batch, key, PubsubErrors.translate(asked, new IllegalStateException("no ids")));
              return;
            }
            for (int i = 0; i < batch.size(); i++) {
              told(batch.get(i)).complete(response.getMessageIds(i));
            }
            if (key != null) {
              sendNext(key);
            }
          }

          @Override
          public void onFailure(Throwable failure) {
            fail(batch, key, PubsubErrors.translate(asked, failure));
          }
        };
    try {
      ApiFutures.addCallback(publish.futureCall(request.build(), REPEATING), answer, Runnable::run);
    } catch (RuntimeException e) {
      // The library throws where it is shut down; the promise is a future that fails.
      fail(batch, key, PubsubErrors.translate(asked, e));
    }
  }

  private void fail(List<Waiting> batch, @Nullable Key key, PodiumException failure) {
    List<Waiting> all = new ArrayList<>(batch);
    if (key != null) {
      synchronized (keys) {
        key.failing = true;
        all.addAll(key.queue);
        key.queue.clear();
      }
    }
    all.forEach(waits -> told(waits).completeExceptionally(failure));
    if (key != null) {
      synchronized (keys) {
        keys.remove(key.name);
      }
    }
  }

  private void waits(Waiting added) {
    waitingBytes.addAndGet(added.message.getData().size());
    waiting.add(added);
  }

  private CompletableFuture<String> told(Waiting one) {
    waitingBytes.addAndGet(-one.message.getData().size());
    waiting.remove(one);
    return one.published;
  }

  private static PubsubMessage wire(Outgoing message) {
    return PubsubMessage.newBuilder()
        .setData(ByteString.copyFromUtf8(message.body()))
        .putAllAttributes(message.attributes())
        .setOrderingKey(message.orderingKey().orElse(""))
        .build();
  }

  private static List<CompletableFuture<String>> promises(List<Waiting> all) {
    return all.stream().map(one -> one.published).toList();
  }

  private static List<CompletableFuture<String>> refused(List<Waiting> all, PodiumException why) {
    all.forEach(one -> one.published.completeExceptionally(why));
    return promises(all);
  }

  private PodiumException refusal(String why) {
    return new PodiumException.Unavailable(asked.what(), why, "Send it again in a moment.", null);
  }

  private PodiumException ending() {
    return new PodiumException.Unavailable(
        asked.what(), "Podium is ending", "Send it again after the next start.", null);
  }

  /// One message and the promise about it.
  private static final class Waiting {
    private final PubsubMessage message;
    private final CompletableFuture<String> published = new CompletableFuture<>();

    Waiting(PubsubMessage message) {
      this.message = message;
    }
  }

  /// The messages of one ordering key that wait behind the request on its way.
  private static final class Key {
    private final String name;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean flying;
    private boolean failing;

    Key(String name) {
      this.name = name;
    }
  }
}

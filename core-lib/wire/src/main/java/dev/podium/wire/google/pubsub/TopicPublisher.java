package dev.podium.wire.google.pubsub;

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
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Publishes to one topic, as [dev.podium.wire.cloud.MessageBus#publishAll] promises. It keeps no
/// queue. What one call hands over leaves in a few requests, one after another; until they are
/// answered, the key takes no other call. The caller keeps what waits, for it alone knows what is
/// to be said again after a failure.
///
/// The library's own `Publisher` is not used: it queues, and calls back before it has stopped a
/// key. What is published in that moment gets through or is never answered.
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
  private final ErrorContext context;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicLong waitingBytes = new AtomicLong();

  /// Keys of which a call is not answered yet.
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  private volatile boolean ended;

  TopicPublisher(
      UnaryCallable<PublishRequest, PublishResponse> publish,
      TopicName topic,
      ErrorContext context) {
    this.publish = publish;
    this.topic = topic.toString();
    this.context = context;
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
    String key = messages.getFirst().orderingKey().orElse("");
    if (key.isEmpty()) {
      added.forEach(this::waits);
      added.forEach(one -> sendNext(new Call(key, List.of(one))));
    } else if (busy.add(key)) {
      added.forEach(this::waits);
      sendNext(new Call(key, added));
    } else {
      return refused(added, refusal("an earlier message of its room is not answered yet"));
    }
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

  private void sendNext(Call call) {
    List<Waiting> batch = call.nextBatch();
    PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(topic);
    batch.forEach(waits -> request.addMessages(waits.message));
    ApiFutureCallback<PublishResponse> answer =
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(PublishResponse response) {
            if (response.getMessageIdsCount() == batch.size()) {
              succeed(call, batch, response);
            } else {
              fail(call, batch, new IllegalStateException("no ids"));
            }
          }

          @Override
          public void onFailure(Throwable failure) {
            fail(call, batch, failure);
          }
        };
    try {
      ApiFutures.addCallback(publish.futureCall(request.build(), REPEATING), answer, Runnable::run);
    } catch (RuntimeException e) {
      // The library throws where it is shut down; the promise is a future that fails.
      fail(call, batch, e);
    }
  }

  private void succeed(Call call, List<Waiting> batch, PublishResponse response) {
    boolean last = call.left.isEmpty();
    if (last) {
      // Before the promises are kept: who waits for the last of them may go on at once.
      busy.remove(call.key);
    }
    for (int i = 0; i < batch.size(); i++) {
      told(batch.get(i)).complete(response.getMessageIds(i));
    }
    // At the end what waits has been told that it failed, and so it must not be sent.
    if (!last && !call.left.getFirst().published.isDone()) {
      sendNext(call);
    }
  }

  private void fail(Call call, List<Waiting> batch, Throwable cause) {
    PodiumException failure = PubsubErrors.translate(context, cause);
    List<Waiting> all = new ArrayList<>(batch);
    all.addAll(call.left);
    Waiting last = all.removeLast();
    all.forEach(waits -> told(waits).completeExceptionally(failure));
    // Not sooner: nothing newer gets through ahead of what failed. And not later: who waits for the
    // last of them may go on at once.
    busy.remove(call.key);
    told(last).completeExceptionally(failure);
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
    return new PodiumException.Unavailable(context.what(), why, "Send it again in a moment.", null);
  }

  private PodiumException ending() {
    return new PodiumException.Unavailable(
        context.what(), "Podium is ending", "Send it again after the next start.", null);
  }

  /// One message and the promise about it.
  private static final class Waiting {
    private final PubsubMessage message;
    private final CompletableFuture<String> published = new CompletableFuture<>();

    Waiting(PubsubMessage message) {
      this.message = message;
    }
  }

  /// What one call handed over, of one key or none.
  private static final class Call {
    private final String key;
    private final ArrayDeque<Waiting> left;

    Call(String key, List<Waiting> messages) {
      this.key = key;
      this.left = new ArrayDeque<>(messages);
    }

    List<Waiting> nextBatch() {
      List<Waiting> batch = new ArrayList<>();
      int bytes = 0;
      while (!left.isEmpty() && batch.size() < BATCH_MESSAGES && bytes < BATCH_BYTES) {
        Waiting next = left.removeFirst();
        bytes += next.message.getData().size();
        batch.add(next);
      }
      return batch;
    }
  }
}

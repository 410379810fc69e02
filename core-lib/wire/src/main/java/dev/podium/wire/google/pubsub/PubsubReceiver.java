package dev.podium.wire.google.pubsub;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings.ShutdownMode;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SubscriptionName;
import dev.podium.wire.cloud.MessageBus.Incoming;
import dev.podium.wire.cloud.MessageBus.Subscription;
import dev.podium.wire.google.ErrorContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Receives from one subscription until closed. The library reopens the stream after a failure of
/// the network; what it does not come back from completes [#ended].
final class PubsubReceiver implements Subscription {
  private static final Logger LOG = System.getLogger(PubsubReceiver.class.getName());

  /// What is in memory at once; the rest waits in the cloud. An ordered subscription acknowledges
  /// ten times a second, so no more than ten times this count comes in a second, when a history is
  /// replayed; any other once a second.
  private static final FlowControlSettings FLOW =
      FlowControlSettings.newBuilder()
          .setMaxOutstandingElementCount(5_000L)
          .setMaxOutstandingRequestBytes(4L << 20)
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ErrorContext context;
  private final Consumer<Incoming> receiver;
  private final AckTimers timers;
  private final Subscriber subscriber;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /// @param timers of this subscription alone
  /// @param atEnd told once, when nothing comes any more
  PubsubReceiver(
      PubsubConnection connection,
      SubscriptionName name,
      ErrorContext context,
      Consumer<Incoming> receiver,
      AckTimers timers,
      Consumer<PubsubReceiver> atEnd) {
    this.context = context;
    this.receiver = receiver;
    this.timers = timers;
    this.subscriber =
        Subscriber.newBuilder(name.toString(), this::receive)
            .setChannelProvider(connection.transport())
            .setCredentialsProvider(connection.credentials())
            .setExecutorProvider(connection.receivers())
            .setSystemExecutorProvider(FixedExecutorProvider.create(timers))
            .setParallelPullCount(1)
            .setFlowControlSettings(FLOW)
            .setSubscriberShutdownSettings(
                SubscriberShutdownSettings.newBuilder()
                    .setMode(ShutdownMode.NACK_IMMEDIATELY)
                    .setTimeout(PATIENCE)
                    .build())
            .build();
    subscriber.addListener(
        new ApiService.Listener() {
          @Override
          public void failed(ApiService.State from, Throwable failure) {
            atEnd.accept(PubsubReceiver.this);
            ended.completeExceptionally(
                PubsubErrors.translate(PubsubReceiver.this.context, failure));
          }

          @Override
          public void terminated(ApiService.State from) {
            atEnd.accept(PubsubReceiver.this);
            ended.complete(null);
          }
        },
        Runnable::run);
  }

  void start() {
    subscriber.startAsync();
  }

  private void receive(PubsubMessage message, AckReplyConsumer reply) {
    try {
      receiver.accept(
          new Incoming(
              message.getMessageId(),
              message.getData().toStringUtf8(),
              message.getAttributesMap(),
              Optional.of(message.getOrderingKey()).filter(key -> !key.isEmpty()),
              Instant.ofEpochSecond(
                  message.getPublishTime().getSeconds(), message.getPublishTime().getNanos())));
      reply.ack();
      timers.acknowledged();
    } catch (RuntimeException e) {
      // The contract: a message whose receiver threw comes again, and the stream goes on.
      LOG.log(Level.WARNING, "Message " + message.getMessageId() + " comes again", e);
      reply.nack();
    }
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /// Asks the stream to end, without waiting for it.
  void stop() {
    subscriber.stopAsync();
  }

  /// Waits for the end that was asked for, a while.
  void awaitEnd() {
    try {
      subscriber.awaitTerminated(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | IllegalStateException e) {
      // It has failed already, or the network is gone: the end of the connection ends it.
      LOG.log(Level.DEBUG, context.what() + ": the stream did not end in order", e);
    }
  }

  @Override
  public void close() {
    stop();
    awaitEnd();
  }
}

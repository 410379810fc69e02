package dev.podium.localcloud.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.AckReplyConsumerWithResponse;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.MessageReceiverWithAckResponse;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.token.IssuedTokens;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/// A Pub/Sub server on a free port with a clock that a test moves, and Google's clients for it.
final class PubSubClients {
  static final String PROJECT = "projects/podium-local";
  private static final CredentialsProvider NOBODY = NoCredentialsProvider.create();

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  final Messaging messaging;
  final PubSubServer server;
  final ManagedChannel channel;
  final PublisherGrpc.PublisherBlockingStub topics;
  final SubscriberGrpc.SubscriberBlockingStub subscriptions;

  PubSubClients() {
    this(100_000_000, Optional.empty());
  }

  PubSubClients(long memoryLimit, Optional<IssuedTokens> tokens) {
    messaging = new Messaging(now::get, memoryLimit, new FaultPlan(1));
    server = PubSubServer.start(0, messaging, tokens);
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(20 * 1024 * 1024)
            .build();
    topics = PublisherGrpc.newBlockingStub(channel);
    subscriptions = SubscriberGrpc.newBlockingStub(channel);
  }

  static String topic(String id) {
    return PROJECT + "/topics/" + id;
  }

  static String subscription(String id) {
    return PROJECT + "/subscriptions/" + id;
  }

  void advance(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
    messaging.tick();
  }

  Instant now() {
    return now.get();
  }

  void createTopic(String id) {
    createTopic(id, builder -> {});
  }

  void createTopic(String id, java.util.function.Consumer<Topic.Builder> settings) {
    Topic.Builder builder = Topic.newBuilder().setName(topic(id));
    settings.accept(builder);
    var _ = topics.createTopic(builder.build());
  }

  Subscription subscribe(
      String id, String topicId, java.util.function.Consumer<Subscription.Builder> settings) {
    Subscription.Builder builder =
        Subscription.newBuilder().setName(subscription(id)).setTopic(topic(topicId));
    settings.accept(builder);
    return subscriptions.createSubscription(builder.build());
  }

  List<String> publish(String topicId, String orderingKey, String... bodies) {
    PublishRequest.Builder request = PublishRequest.newBuilder().setTopic(topic(topicId));
    for (String body : bodies) {
      request.addMessages(
          PubsubMessage.newBuilder()
              .setData(ByteString.copyFromUtf8(body))
              .setOrderingKey(orderingKey));
    }
    return topics.publish(request.build()).getMessageIdsList();
  }

  List<ReceivedMessage> pull(String id, int most) {
    @SuppressWarnings("deprecation") // A test wants to know what is there now.
    PullRequest request =
        PullRequest.newBuilder()
            .setSubscription(subscription(id))
            .setMaxMessages(most)
            .setReturnImmediately(true)
            .build();
    return subscriptions.pull(request).getReceivedMessagesList();
  }

  List<String> pullBodies(String id) {
    return bodies(pull(id, 1000));
  }

  static List<String> bodies(List<ReceivedMessage> messages) {
    return messages.stream().map(each -> each.getMessage().getData().toStringUtf8()).toList();
  }

  void acknowledge(String id, List<ReceivedMessage> messages) {
    var _ =
        subscriptions.acknowledge(
            AcknowledgeRequest.newBuilder()
                .setSubscription(subscription(id))
                .addAllAckIds(messages.stream().map(ReceivedMessage::getAckId).toList())
                .build());
  }

  void modifyDeadline(String id, ReceivedMessage message, int seconds) {
    var _ =
        subscriptions.modifyAckDeadline(
            ModifyAckDeadlineRequest.newBuilder()
                .setSubscription(subscription(id))
                .addAckIds(message.getAckId())
                .setAckDeadlineSeconds(seconds)
                .build());
  }

  /// Google's publisher, with ordering keys.
  Publisher publisher(String topicId) throws Exception {
    Publisher publisher =
        Publisher.newBuilder(topic(topicId))
            .setChannelProvider(transport())
            .setCredentialsProvider(NOBODY)
            .setEnableMessageOrdering(true)
            .build();
    publishers.add(publisher);
    return publisher;
  }

  static void send(Publisher publisher, String key, String... bodies)
      throws InterruptedException, ExecutionException {
    List<ApiFuture<String>> sent = new ArrayList<>();
    for (String body : bodies) {
      sent.add(
          publisher.publish(
              PubsubMessage.newBuilder()
                  .setOrderingKey(key)
                  .setData(ByteString.copyFromUtf8(body))
                  .build()));
    }
    for (ApiFuture<String> each : sent) {
      var _ = each.get();
    }
  }

  /// Google's subscriber, running.
  Subscriber receive(String id, BiConsumer<PubsubMessage, AckReplyConsumer> receiver) {
    MessageReceiver receiving = receiver::accept;
    return run(Subscriber.newBuilder(subscription(id), receiving));
  }

  /// Google's subscriber, running, told what became of each acknowledgement.
  Subscriber receiveOnce(
      String id, BiConsumer<PubsubMessage, AckReplyConsumerWithResponse> receiver) {
    MessageReceiverWithAckResponse receiving = receiver::accept;
    return run(Subscriber.newBuilder(subscription(id), receiving));
  }

  private Subscriber run(Subscriber.Builder builder) {
    Subscriber subscriber =
        builder.setChannelProvider(transport()).setCredentialsProvider(NOBODY).build();
    subscriber.startAsync().awaitRunning();
    subscribers.add(subscriber);
    return subscriber;
  }

  private TransportChannelProvider transport() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  /// Stops the clients and deletes all there is, for the next test.
  void clear() throws Exception {
    for (Subscriber subscriber : subscribers) {
      subscriber.stopAsync().awaitTerminated(5, TimeUnit.SECONDS);
    }
    subscribers.clear();
    publishers.forEach(Publisher::shutdown);
    publishers.clear();
    messaging.subscriptions("").forEach(each -> messaging.deleteSubscription(each.name()));
    messaging.snapshots("").forEach(each -> messaging.deleteSnapshot(each.name()));
    messaging.topics("").keySet().forEach(messaging::deleteTopic);
  }

  void close() throws Exception {
    clear();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    // Its threads may end while the next test runs.
    var _ = server.stop();
  }
}

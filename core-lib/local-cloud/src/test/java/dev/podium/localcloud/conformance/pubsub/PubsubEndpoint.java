package dev.podium.localcloud.conformance.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A Pub/Sub service under test, and the few moves that the contract makes on it. Every topic and
/// subscription has a name of its own: tests do not meet, and a foreign endpoint may be used again
/// and again.
final class PubsubEndpoint implements AutoCloseable {

  private static final int MAX_MESSAGE_BYTES = 20 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final String address;
  private final String project;
  private final @Nullable LocalCloud cloud;
  private final ManagedChannel channel;

  private PubsubEndpoint(String address, String project, @Nullable LocalCloud cloud) {
    this.address = address;
    this.project = project;
    this.cloud = cloud;
    this.channel =
        ManagedChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
  }

  static PubsubEndpoint open() {
    @Nullable String foreign = System.getProperty("pubsub.endpoint");
    if (foreign != null) {
      return new PubsubEndpoint(foreign, "podium-contract", null);
    }
    LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
    return new PubsubEndpoint(cloud.pubsub(), cloud.project(), cloud);
  }

  /// Whether this is the local cloud of this process, which must keep every point.
  boolean ours() {
    return cloud != null;
  }

  String address() {
    return address;
  }

  String project() {
    return project;
  }

  ManagedChannel channel() {
    return channel;
  }

  PublisherBlockingStub publisher() {
    return PublisherGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  SubscriberBlockingStub subscriber() {
    return SubscriberGrpc.newBlockingStub(channel)
        .withMaxInboundMessageSize(MAX_MESSAGE_BYTES)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// A name that nothing has, as `projects/P/topics/t-…`.
  String name(String collection) {
    return "projects/%s/%s/%c-%s"
        .formatted(project, collection, collection.charAt(0), UUID.randomUUID());
  }

  String topic() {
    String name = name("topics");
    return publisher().createTopic(Topic.newBuilder().setName(name).build()).getName();
  }

  /// A subscription that is yet to be created.
  Subscription.Builder draft(String topic) {
    return Subscription.newBuilder().setName(name("subscriptions")).setTopic(topic);
  }

  String subscribe(String topic) {
    return create(draft(topic)).getName();
  }

  Subscription create(Subscription.Builder draft) {
    return subscriber().createSubscription(draft.build());
  }

  List<String> publish(String topic, PubsubMessage... messages) {
    return publisher()
        .publish(
            PublishRequest.newBuilder().setTopic(topic).addAllMessages(List.of(messages)).build())
        .getMessageIdsList();
  }

  List<String> publish(String topic, String... texts) {
    return publish(
        topic, Arrays.stream(texts).map(PubsubEndpoint::message).toArray(PubsubMessage[]::new));
  }

  static PubsubMessage message(String text) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  static PubsubMessage keyed(String key, String text) {
    return message(text).toBuilder().setOrderingKey(key).build();
  }

  static String text(ReceivedMessage received) {
    return received.getMessage().getData().toStringUtf8();
  }

  /// Pulls until `count` messages have come or the patience ends; the caller asserts what came.
  List<ReceivedMessage> pull(String subscription, int count) {
    return pullUntil(subscription, all -> all.size() >= count);
  }

  /// The next message, which must come.
  ReceivedMessage take(String subscription) {
    List<ReceivedMessage> messages = pull(subscription, 1);
    if (messages.isEmpty()) {
      throw new AssertionError("No message came within " + PATIENCE.toSeconds() + " s");
    }
    return messages.getFirst();
  }

  /// Takes messages one after another as they come, acknowledging each, as an ordered client does.
  List<String> takeInOrder(String subscription, int count) {
    List<String> taken = new ArrayList<>();
    var _ =
        pullUntil(
            subscription,
            all -> {
              List<ReceivedMessage> fresh = all.subList(taken.size(), all.size());
              if (!fresh.isEmpty()) {
                acknowledge(subscription, fresh);
              }
              fresh.forEach(message -> taken.add(text(message)));
              return taken.size() >= count;
            });
    return taken;
  }

  List<ReceivedMessage> pullUntil(String subscription, Predicate<List<ReceivedMessage>> enough) {
    List<ReceivedMessage> all = new ArrayList<>();
    Instant end = Instant.now().plus(PATIENCE);
    while (!enough.test(all) && Instant.now().isBefore(end)) {
      all.addAll(pullNow(subscription));
    }
    return all;
  }

  /// What the service gives without waiting. An endpoint may give nothing though it has something,
  /// so a test that expects silence publishes something after and looks for what comes first.
  @SuppressWarnings("deprecation") // The only form of Pull that does not wait up to 90 seconds.
  List<ReceivedMessage> pullNow(String subscription) {
    return subscriber()
        .pull(
            PullRequest.newBuilder()
                .setSubscription(subscription)
                .setMaxMessages(1000)
                .setReturnImmediately(true)
                .build())
        .getReceivedMessagesList();
  }

  void acknowledge(String subscription, List<ReceivedMessage> messages) {
    acknowledgeIds(subscription, messages.stream().map(ReceivedMessage::getAckId).toList());
  }

  void acknowledgeIds(String subscription, List<String> ackIds) {
    var _ =
        subscriber()
            .acknowledge(
                AcknowledgeRequest.newBuilder()
                    .setSubscription(subscription)
                    .addAllAckIds(ackIds)
                    .build());
  }

  /// @param seconds 0 gives the message back, which is how a nack is said
  void deadline(String subscription, ReceivedMessage message, int seconds) {
    var _ =
        subscriber()
            .modifyAckDeadline(
                ModifyAckDeadlineRequest.newBuilder()
                    .setSubscription(subscription)
                    .addAckIds(message.getAckId())
                    .setAckDeadlineSeconds(seconds)
                    .build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    if (cloud != null) {
      cloud.close();
    }
  }
}

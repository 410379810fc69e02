package dev.podium.localcloud.bench;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Google's Java client for Pub/Sub under load: one publisher and some subscribers of one topic, at
/// any endpoint.
final class PubsubLoad implements AutoCloseable {
  private static final int KEYS = 10;
  private static final int PATIENCE_SECONDS = 120;
  private static final ByteString BODY = ByteString.copyFrom(new byte[200]);

  private final ManagedChannel channel;
  private final TransportChannelProvider transport;
  private final String project;
  private final String topic;
  private final boolean ordered;
  private final List<String> subscriptions = new ArrayList<>();

  /// @param count of subscriptions
  PubsubLoad(String endpoint, String project, int count, boolean ordered) {
    this.channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    this.transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    this.project = project;
    this.ordered = ordered;
    this.topic = "projects/" + project + "/topics/bench-" + UUID.randomUUID();
    var _ =
        PublisherGrpc.newBlockingStub(channel)
            .createTopic(Topic.newBuilder().setName(topic).build());
    for (int i = 0; i < count; i++) {
      String name = "bench-" + UUID.randomUUID();
      subscriptions.add(name);
      var _ =
          SubscriberGrpc.newBlockingStub(channel)
              .createSubscription(
                  Subscription.newBuilder()
                      .setName(ProjectSubscriptionName.format(project, name))
                      .setTopic(topic)
                      .setEnableMessageOrdering(ordered)
                      .setAckDeadlineSeconds(60)
                      .build());
    }
  }

  /// Publishes one message after another, each when the one before was received.
  ///
  /// @return the milliseconds from publish to receive, sorted
  double[] latencies(int count) throws IOException, InterruptedException {
    LinkedBlockingQueue<Long> received = new LinkedBlockingQueue<>();
    Subscriber subscriber =
        subscribe(subscriptions.getFirst(), () -> received.add(System.nanoTime()));
    Publisher publisher = publisher(BatchingSettings.newBuilder().setIsEnabled(false).build());
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      var _ = publisher.publish(message(i));
      Long end = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (end == null) {
        throw new IllegalStateException("A message was lost");
      }
      millis[i] = (end - start) / 1e6;
    }
    publisher.shutdown();
    subscriber.stopAsync().awaitTerminated();
    Arrays.sort(millis);
    return millis;
  }

  /// Publishes as fast as the client can.
  ///
  /// @return deliveries a second, from the first publish to the last receive
  double deliveriesPerSecond(int count) throws IOException, InterruptedException {
    CountDownLatch left = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    int wanted = count * subscriptions.size();
    List<Subscriber> subscribers = new ArrayList<>();
    for (String subscription : subscriptions) {
      subscribers.add(
          subscribe(
              subscription,
              () -> {
                if (received.incrementAndGet() == wanted) {
                  left.countDown();
                }
              }));
    }
    Publisher publisher =
        publisher(
            BatchingSettings.newBuilder()
                .setElementCountThreshold(100L)
                .setRequestByteThreshold(100_000L)
                .setDelayThresholdDuration(Duration.ofMillis(5))
                .build());
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      var _ = publisher.publish(message(i));
    }
    if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(received + " of " + wanted + " messages came");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    publisher.shutdown();
    for (Subscriber subscriber : subscribers) {
      subscriber.stopAsync().awaitTerminated();
    }
    return wanted / seconds;
  }

  private PubsubMessage message(int number) {
    PubsubMessage.Builder message = PubsubMessage.newBuilder().setData(BODY);
    return ordered ? message.setOrderingKey("k" + number % KEYS).build() : message.build();
  }

  private Publisher publisher(BatchingSettings batching) throws IOException {
    return Publisher.newBuilder(topic)
        .setChannelProvider(transport)
        .setCredentialsProvider(NoCredentialsProvider.create())
        .setEnableMessageOrdering(ordered)
        .setBatchingSettings(batching)
        .build();
  }

  private Subscriber subscribe(String name, Runnable received) {
    Subscriber subscriber =
        Subscriber.newBuilder(
                ProjectSubscriptionName.format(project, name),
                (PubsubMessage message, AckReplyConsumer consumer) -> {
                  consumer.ack();
                  received.run();
                })
            .setChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setParallelPullCount(1)
            .build();
    subscriber.startAsync().awaitRunning();
    return subscriber;
  }

  @Override
  public void close() {
    for (String name : subscriptions) {
      var _ =
          SubscriberGrpc.newBlockingStub(channel)
              .deleteSubscription(
                  DeleteSubscriptionRequest.newBuilder()
                      .setSubscription(ProjectSubscriptionName.format(project, name))
                      .build());
    }
    var _ =
        PublisherGrpc.newBlockingStub(channel)
            .deleteTopic(DeleteTopicRequest.newBuilder().setTopic(topic).build());
    channel.shutdownNow();
  }
}

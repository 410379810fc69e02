package dev.podium.localcloud.conformance.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiService;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// StreamingPull: its keepalive, its flow control, its endings, and Google's Java client upon it.
@ExtendWith(PubsubContract.class)
class PubsubStreamTest {

  @Test
  void an_empty_request_is_answered_with_the_subscriptions_properties(PubsubEndpoint pubsub) {
    String subscription =
        pubsub
            .create(
                pubsub
                    .draft(pubsub.topic())
                    .setEnableMessageOrdering(true)
                    .setEnableExactlyOnceDelivery(true))
            .getName();
    try (PullStream stream = new PullStream(pubsub, PullStream.opening(subscription))) {
      stream.send(StreamingPullRequest.getDefaultInstance());
      StreamingPullResponse pong = stream.next();
      assertThat(pong.getReceivedMessagesCount()).isZero();
      assertThat(pong.getSubscriptionProperties().getMessageOrderingEnabled()).isTrue();
      assertThat(pong.getSubscriptionProperties().getExactlyOnceDeliveryEnabled()).isTrue();
    }
  }

  @Test
  @AgentsNeedIt
  void messages_flow_as_they_are_published_and_acks_may_ride_on_the_stream(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    try (PullStream stream = new PullStream(pubsub, PullStream.opening(subscription))) {
      pubsub.publish(topic, "one");
      ReceivedMessage one = stream.take(1).getFirst();
      assertThat(PubsubEndpoint.text(one)).isEqualTo("one");
      stream.send(StreamingPullRequest.newBuilder().addAckIds(one.getAckId()).build());
      pubsub.publish(topic, "two");
      ReceivedMessage two = stream.take(1).getFirst();
      assertThat(PubsubEndpoint.text(two)).isEqualTo("two");
      stream.send(
          StreamingPullRequest.newBuilder()
              .addModifyDeadlineAckIds(two.getAckId())
              .addModifyDeadlineSeconds(0)
              .build());
      assertThat(PubsubEndpoint.text(stream.take(1).getFirst())).isEqualTo("two");
    }
  }

  @Test
  void no_more_is_outstanding_than_the_client_allowed(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    StreamingPullRequest two =
        PullStream.opening(subscription).toBuilder().setMaxOutstandingMessages(2).build();
    try (PullStream stream = new PullStream(pubsub, two)) {
      pubsub.publish(topic, "a", "b", "c", "d", "e");
      List<ReceivedMessage> held = stream.take(2);
      assertThat(held).hasSize(2);
      // A ping's answer comes after whatever the service had sent before.
      stream.send(StreamingPullRequest.getDefaultInstance());
      assertThat(stream.next().getReceivedMessagesCount()).isZero();
      assertThat(stream.silent()).isTrue();
      pubsub.acknowledge(subscription, held);
      assertThat(stream.take(2)).hasSize(2);
    }
  }

  @Test
  @AgentsNeedIt
  void a_stream_of_a_missing_subscription_ends_as_not_found(PubsubEndpoint pubsub) {
    try (PullStream stream =
        new PullStream(pubsub, PullStream.opening(pubsub.name("subscriptions")))) {
      assertThat(stream.ended().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  void a_stream_that_opens_without_a_deadline_or_a_name_is_invalid(PubsubEndpoint pubsub) {
    String subscription = pubsub.subscribe(pubsub.topic());
    StreamingPullRequest quick =
        PullStream.opening(subscription).toBuilder().setStreamAckDeadlineSeconds(5).build();
    for (StreamingPullRequest first : List.of(PullStream.opening(""), quick)) {
      try (PullStream stream = new PullStream(pubsub, first)) {
        assertThat(stream.ended().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void what_a_broken_stream_held_goes_to_the_next_one(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.create(pubsub.draft(topic).setAckDeadlineSeconds(10)).getName();
    try (PullStream first = new PullStream(pubsub, PullStream.opening(subscription))) {
      pubsub.publish(topic, "x");
      ReceivedMessage held = first.take(1).getFirst();
      pubsub.deadline(subscription, held, 1);
    }
    try (PullStream second = new PullStream(pubsub, PullStream.opening(subscription))) {
      assertThat(PubsubEndpoint.text(second.take(1).getFirst())).isEqualTo("x");
    }
  }

  @Test
  @AgentsNeedIt
  void googles_java_client_hears_every_message_of_a_key_in_order(PubsubEndpoint pubsub)
      throws Exception {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableMessageOrdering(true)).getName();
    TransportChannelProvider transport =
        FixedTransportChannelProvider.create(GrpcTransportChannel.create(pubsub.channel()));
    List<String> heard = new CopyOnWriteArrayList<>();
    Subscriber subscriber =
        Subscriber.newBuilder(
                subscription,
                (PubsubMessage message, AckReplyConsumer reply) -> {
                  heard.add(message.getData().toStringUtf8());
                  reply.ack();
                })
            .setChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    Publisher publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setEnableMessageOrdering(true)
            .build();
    ApiService running = subscriber.startAsync();
    try {
      for (int i = 0; i < 200; i++) {
        var _ = publisher.publish(PubsubEndpoint.keyed("k", "m" + i));
      }
      publisher.publishAllOutstanding();
      Awaitility.await().until(() -> heard.size() >= 200);
      assertThat(heard).isEqualTo(IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
    } finally {
      publisher.shutdown();
      running.stopAsync().awaitTerminated();
    }
  }
}

package dev.podium.localcloud.conformance.pubsub;

import static dev.podium.localcloud.conformance.pubsub.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Topic;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Going back and forth in a subscription's history.
@ExtendWith(PubsubContract.class)
class PubsubSeekTest {

  private static final Instant LONG_AGO = Instant.EPOCH.plusSeconds(1_700_000_000L);

  @Test
  void going_back_brings_acknowledged_messages_that_were_retained(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.create(pubsub.draft(topic).setRetainAckedMessages(true)).getName();
    takeAll(pubsub, topic, subscription, "a", "b");
    seek(pubsub, subscription, LONG_AGO);
    assertThat(texts(pubsub.pull(subscription, 2))).containsExactly("a", "b");
  }

  @Test
  void going_back_brings_nothing_where_nothing_was_retained(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    takeAll(pubsub, topic, subscription, "gone");
    seek(pubsub, subscription, LONG_AGO);
    pubsub.publish(topic, "next");
    assertThat(texts(pubsub.pull(subscription, 1))).containsExactly("next");
  }

  @Test
  void going_back_brings_what_the_topic_retained_before_the_subscription_was(
      PubsubEndpoint pubsub) {
    String topic = pubsub.name("topics");
    var _ =
        pubsub
            .publisher()
            .createTopic(
                Topic.newBuilder()
                    .setName(topic)
                    .setMessageRetentionDuration(Duration.newBuilder().setSeconds(86_400))
                    .build());
    pubsub.publish(topic, "old");
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "new");
    assertThat(texts(pubsub.pull(subscription, 1))).as("before the seek").containsExactly("new");
    seek(pubsub, subscription, LONG_AGO);
    assertThat(texts(pubsub.pull(subscription, 2))).as("after it").containsExactly("new", "old");
  }

  @Test
  void going_to_the_future_acknowledges_what_is_there(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "skipped");
    seek(pubsub, subscription, Instant.now().plusSeconds(1));
    String other = pubsub.subscribe(topic);
    seek(pubsub, other, Instant.now().minusSeconds(60));
    pubsub.publish(topic, "witness");
    assertThat(texts(pubsub.pull(other, 1))).containsExactly("witness");
    assertThat(texts(pubsub.pullNow(subscription))).doesNotContain("skipped");
  }

  @Test
  void going_back_on_an_ordered_subscription_keeps_the_order(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub
            .create(pubsub.draft(topic).setEnableMessageOrdering(true).setRetainAckedMessages(true))
            .getName();
    for (int i = 1; i <= 3; i++) {
      pubsub.publish(topic, PubsubEndpoint.keyed("k", "m" + i));
    }
    List<String> first = pubsub.takeInOrder(subscription, 3);
    seek(pubsub, subscription, LONG_AGO);
    assertThat(pubsub.takeInOrder(subscription, 3))
        .isEqualTo(first)
        .containsExactly("m1", "m2", "m3");
  }

  @Test
  void a_snapshot_brings_back_what_was_not_acknowledged_when_it_was_taken(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    takeAll(pubsub, topic, subscription, "before");
    pubsub.publish(topic, "open");
    String snapshot = snapshot(pubsub, subscription);
    pubsub.acknowledge(subscription, pubsub.pull(subscription, 1));
    takeAll(pubsub, topic, subscription, "after");
    seek(pubsub, subscription, snapshot);
    assertThat(texts(pubsub.pull(subscription, 2))).containsExactly("after", "open");
  }

  @Test
  void a_snapshot_serves_another_subscription_of_its_topic_only(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String first = pubsub.subscribe(topic);
    String second = pubsub.subscribe(topic);
    String stranger = pubsub.subscribe(pubsub.topic());
    pubsub.publish(topic, "open");
    String snapshot = snapshot(pubsub, first);
    pubsub.acknowledge(second, pubsub.pull(second, 1));
    seek(pubsub, second, snapshot);
    assertThat(texts(pubsub.pull(second, 1))).containsExactly("open");
    refused(Code.FAILED_PRECONDITION, () -> seek(pubsub, stranger, snapshot));
    refused(Code.NOT_FOUND, () -> seek(pubsub, second, snapshot + "-not"));
  }

  private static void takeAll(
      PubsubEndpoint pubsub, String topic, String subscription, String... texts) {
    pubsub.publish(topic, texts);
    pubsub.acknowledge(subscription, pubsub.pull(subscription, texts.length));
  }

  /// Sorted and without repetitions, since a plain subscription promises neither.
  private static List<String> texts(List<ReceivedMessage> messages) {
    return messages.stream().map(PubsubEndpoint::text).distinct().sorted().toList();
  }

  private static String snapshot(PubsubEndpoint pubsub, String subscription) {
    return pubsub
        .subscriber()
        .createSnapshot(
            CreateSnapshotRequest.newBuilder()
                .setName(pubsub.name("snapshots"))
                .setSubscription(subscription)
                .build())
        .getName();
  }

  private static void seek(PubsubEndpoint pubsub, String subscription, String snapshot) {
    var _ =
        pubsub
            .subscriber()
            .seek(
                SeekRequest.newBuilder()
                    .setSubscription(subscription)
                    .setSnapshot(snapshot)
                    .build());
  }

  private static void seek(PubsubEndpoint pubsub, String subscription, Instant moment) {
    Timestamp time =
        Timestamp.newBuilder()
            .setSeconds(moment.getEpochSecond())
            .setNanos(moment.getNano())
            .build();
    var _ =
        pubsub
            .subscriber()
            .seek(SeekRequest.newBuilder().setSubscription(subscription).setTime(time).build());
  }
}

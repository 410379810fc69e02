package dev.podium.localcloud.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a subscription keeps, gives and forgets, over real sockets and on a clock that tests move.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionTest {
  private static final java.time.Duration TEN_SECONDS = java.time.Duration.ofSeconds(11);

  private final PubSubClients pubsub = new PubSubClients();

  @BeforeEach
  void start() {
    pubsub.createTopic("chat", topic -> topic.setMessageRetentionDuration(seconds(86_400)));
  }

  @AfterEach
  void clear() throws Exception {
    pubsub.clear();
  }

  @AfterAll
  void stop() throws Exception {
    pubsub.close();
  }

  @Test
  void a_message_not_acknowledged_in_time_comes_again_with_all_later_ones_of_its_key() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableMessageOrdering(true));
    pubsub.publish("chat", "lobby", "a", "b", "c");
    List<ReceivedMessage> first = pubsub.pull("s-1", 10);
    pubsub.acknowledge("s-1", List.of(first.get(1)));

    pubsub.advance(java.time.Duration.ofSeconds(9));
    assertThat(pubsub.pullBodies("s-1")).isEmpty();
    pubsub.advance(TEN_SECONDS);

    assertThat(pubsub.pullBodies("s-1")).containsExactly("a", "b", "c");
  }

  @Test
  void while_one_pull_has_messages_of_a_key_no_other_gets_the_next() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableMessageOrdering(true));
    pubsub.publish("chat", "lobby", "a", "b");
    pubsub.publish("chat", "kitchen", "x");

    List<ReceivedMessage> first = pubsub.pull("s-1", 1);
    assertThat(pubsub.pullBodies("s-1")).containsExactly("x");

    pubsub.acknowledge("s-1", first);
    assertThat(pubsub.pullBodies("s-1")).containsExactly("b");
  }

  @Test
  void a_longer_deadline_keeps_a_message_and_zero_gives_it_back_at_once() {
    pubsub.subscribe("s-1", "chat", it -> {});
    pubsub.publish("chat", "", "a");
    ReceivedMessage held = pubsub.pull("s-1", 1).getFirst();

    pubsub.modifyDeadline("s-1", held, 600);
    pubsub.advance(java.time.Duration.ofSeconds(599));
    assertThat(pubsub.pullBodies("s-1")).isEmpty();

    pubsub.modifyDeadline("s-1", held, 0);
    assertThat(pubsub.pullBodies("s-1")).containsExactly("a");
  }

  @Test
  void only_messages_that_the_filter_wants_are_delivered() {
    pubsub.subscribe(
        "s-1",
        "chat",
        it ->
            it.setFilter("attributes.fleet = \"blue\" AND NOT hasPrefix(attributes.kind, \"p\")"));
    publish("1", "fleet", "blue", "kind", "chat");
    publish("2", "fleet", "red", "kind", "chat");
    publish("3", "fleet", "blue", "kind", "pulse");
    publish("4", "fleet", "blue", "other", "x");

    assertThat(pubsub.pullBodies("s-1")).containsExactly("1", "4");
  }

  @Test
  void a_filter_that_does_not_follow_the_grammar_is_refused() {
    for (String filter :
        List.of(
            "this is not a filter ((",
            "attributes:a AND attributes:b OR attributes:c",
            "attributes.a = b",
            "attributes.a == \"b\"",
            "hasSuffix(attributes.a, \"b\")",
            "attributes:a and attributes:b")) {
      assertStatus(
          Status.Code.INVALID_ARGUMENT,
          () -> pubsub.subscribe("s-1", "chat", it -> it.setFilter(filter)));
    }
  }

  @Test
  void a_new_subscription_gets_nothing_old_until_it_seeks_back() {
    pubsub.publish("chat", "lobby", "old");
    pubsub.subscribe("late", "chat", it -> it.setEnableMessageOrdering(true));
    pubsub.publish("chat", "lobby", "new");

    assertThat(pubsub.pullBodies("late")).containsExactly("new");
    seek("late", Instant.EPOCH);
    assertThat(pubsub.pullBodies("late")).containsExactly("old", "new");
  }

  @Test
  void seeking_back_in_time_brings_acknowledged_messages_of_an_ordered_subscription_again() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableMessageOrdering(true));
    pubsub.publish("chat", "lobby", "a");
    pubsub.advance(TEN_SECONDS);
    Instant between = pubsub.now();
    pubsub.publish("chat", "lobby", "b", "c");
    pubsub.acknowledge("s-1", pubsub.pull("s-1", 10));
    assertThat(pubsub.pullBodies("s-1")).isEmpty();

    seek("s-1", between);

    assertThat(pubsub.pullBodies("s-1")).containsExactly("b", "c");
  }

  @Test
  void seeking_to_the_future_acknowledges_what_is_there_and_not_what_comes() {
    pubsub.subscribe("s-1", "chat", it -> {});
    pubsub.publish("chat", "", "a");

    seek("s-1", pubsub.now().plusSeconds(3600));
    pubsub.publish("chat", "", "b");

    assertThat(pubsub.pullBodies("s-1")).containsExactly("b");
  }

  @Test
  void a_snapshot_brings_back_what_was_not_acknowledged_when_it_was_taken() {
    pubsub.createTopic("plain");
    pubsub.subscribe("s-1", "plain", it -> {});
    pubsub.publish("plain", "", "a", "b");
    List<ReceivedMessage> both = pubsub.pull("s-1", 10);
    pubsub.acknowledge("s-1", both.subList(0, 1));
    String snapshot = PubSubClients.PROJECT + "/snapshots/snap";
    var _ =
        pubsub.subscriptions.createSnapshot(
            CreateSnapshotRequest.newBuilder()
                .setName(snapshot)
                .setSubscription(PubSubClients.subscription("s-1"))
                .build());
    pubsub.acknowledge("s-1", both.subList(1, 2));
    pubsub.publish("plain", "", "c");
    pubsub.acknowledge("s-1", pubsub.pull("s-1", 10));

    var _ =
        pubsub.subscriptions.seek(
            SeekRequest.newBuilder()
                .setSubscription(PubSubClients.subscription("s-1"))
                .setSnapshot(snapshot)
                .build());

    assertThat(pubsub.pullBodies("s-1")).containsExactly("b", "c");
  }

  @Test
  void messages_end_with_their_retention_and_free_their_memory() {
    pubsub.createTopic("plain");
    pubsub.subscribe("s-1", "plain", it -> it.setMessageRetentionDuration(seconds(600)));
    pubsub.publish("plain", "", "a", "b");
    pubsub.acknowledge("s-1", pubsub.pull("s-1", 1));
    assertThat(pubsub.messaging.memoryUsed()).isPositive();

    pubsub.advance(java.time.Duration.ofMinutes(11));

    assertThat(pubsub.pullBodies("s-1")).isEmpty();
    assertThat(pubsub.messaging.memoryUsed()).isZero();
  }

  @Test
  void a_stale_acknowledgement_is_told_to_an_exactly_once_subscriber_and_ignored_elsewhere() {
    pubsub.subscribe("once", "chat", it -> it.setEnableExactlyOnceDelivery(true));
    pubsub.subscribe("plain", "chat", it -> {});
    pubsub.publish("chat", "", "a");
    List<ReceivedMessage> once = pubsub.pull("once", 1);
    List<ReceivedMessage> plain = pubsub.pull("plain", 1);
    pubsub.advance(TEN_SECONDS);
    List<ReceivedMessage> again = pubsub.pull("once", 1);
    List<ReceivedMessage> plainAgain = pubsub.pull("plain", 1);

    pubsub.acknowledge("plain", plain);
    assertThatThrownBy(() -> pubsub.acknowledge("once", once))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            error -> {
              assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              ErrorInfo info = errorInfo(error);
              assertThat(info.getReason()).isEqualTo("EXACTLY_ONCE_ACKID_FAILURE");
              assertThat(info.getDomain()).isEqualTo("pubsub.googleapis.com");
              assertThat(info.getMetadataMap())
                  .containsEntry(once.getFirst().getAckId(), "PERMANENT_FAILURE_INVALID_ACK_ID");
            });
    pubsub.acknowledge("once", again);
    pubsub.acknowledge("plain", plainAgain);
    pubsub.advance(TEN_SECONDS);
    assertThat(pubsub.pullBodies("once")).isEmpty();
    assertThat(pubsub.pullBodies("plain")).isEmpty();
  }

  @Test
  void a_message_that_fails_five_times_goes_to_the_dead_letter_topic() {
    pubsub.createTopic("dead");
    pubsub.subscribe("grave", "dead", it -> {});
    pubsub.subscribe(
        "s-1",
        "chat",
        it ->
            it.setDeadLetterPolicy(
                DeadLetterPolicy.newBuilder().setDeadLetterTopic(PubSubClients.topic("dead"))));
    pubsub.publish("chat", "", "bad");

    for (int attempt = 1; attempt <= 5; attempt++) {
      ReceivedMessage message = pubsub.pull("s-1", 1).getFirst();
      assertThat(message.getDeliveryAttempt()).isEqualTo(attempt);
      pubsub.modifyDeadline("s-1", message, 0);
    }

    assertThat(pubsub.pull("s-1", 1)).isEmpty();
    PubsubMessage dead = pubsub.pull("grave", 1).getFirst().getMessage();
    assertThat(dead.getData().toStringUtf8()).isEqualTo("bad");
    assertThat(dead.getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsEntry("CloudPubSubDeadLetterSourceSubscription", "s-1");
  }

  @Test
  void a_failed_message_rests_as_its_retry_policy_says() {
    pubsub.subscribe(
        "s-1",
        "chat",
        it ->
            it.setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setMinimumBackoff(seconds(20))
                    .setMaximumBackoff(seconds(60))));
    pubsub.publish("chat", "", "a");
    pubsub.modifyDeadline("s-1", pubsub.pull("s-1", 1).getFirst(), 0);

    pubsub.advance(java.time.Duration.ofSeconds(19));
    assertThat(pubsub.pullBodies("s-1")).isEmpty();
    pubsub.advance(java.time.Duration.ofSeconds(2));
    assertThat(pubsub.pullBodies("s-1")).containsExactly("a");
  }

  @Test
  void a_subscription_that_nobody_uses_expires() {
    pubsub.subscribe(
        "s-1",
        "chat",
        it -> it.setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(seconds(86_400))));

    pubsub.advance(java.time.Duration.ofHours(23));
    assertThat(pubsub.pullBodies("s-1")).isEmpty();
    pubsub.advance(java.time.Duration.ofHours(23));
    assertThat(show("s-1").getAckDeadlineSeconds()).isEqualTo(10);
    pubsub.advance(java.time.Duration.ofHours(2));

    assertStatus(Status.Code.NOT_FOUND, () -> show("s-1"));
  }

  @Test
  void a_detached_subscription_refuses_to_give_anything() {
    pubsub.subscribe("s-1", "chat", it -> {});
    var _ =
        pubsub.topics.detachSubscription(
            DetachSubscriptionRequest.newBuilder()
                .setSubscription(PubSubClients.subscription("s-1"))
                .build());

    assertThat(show("s-1").getDetached()).isTrue();
    assertStatus(Status.Code.FAILED_PRECONDITION, () -> pubsub.pull("s-1", 1));
  }

  @Test
  void a_filter_and_ordering_cannot_be_changed_later() {
    Subscription present = pubsub.subscribe("s-1", "chat", it -> {});

    assertThat(update(present.toBuilder().setAckDeadlineSeconds(30), "ack_deadline_seconds"))
        .extracting(Subscription::getAckDeadlineSeconds)
        .isEqualTo(30);
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () -> update(present.toBuilder().setFilter("attributes:a"), "filter"));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () ->
            update(present.toBuilder().setEnableMessageOrdering(true), "enable_message_ordering"));
  }

  private void publish(String body, String... attributes) {
    PubsubMessage.Builder message =
        PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(body));
    for (int i = 0; i < attributes.length; i += 2) {
      message.putAttributes(attributes[i], attributes[i + 1]);
    }
    var _ =
        pubsub.topics.publish(
            PublishRequest.newBuilder()
                .setTopic(PubSubClients.topic("chat"))
                .addMessages(message)
                .build());
  }

  private Subscription show(String id) {
    return pubsub.subscriptions.getSubscription(
        GetSubscriptionRequest.newBuilder()
            .setSubscription(PubSubClients.subscription(id))
            .build());
  }

  private Subscription update(Subscription.Builder subscription, String field) {
    return pubsub.subscriptions.updateSubscription(
        UpdateSubscriptionRequest.newBuilder()
            .setSubscription(subscription)
            .setUpdateMask(FieldMask.newBuilder().addPaths(field))
            .build());
  }

  private void seek(String id, Instant time) {
    var _ =
        pubsub.subscriptions.seek(
            SeekRequest.newBuilder()
                .setSubscription(PubSubClients.subscription(id))
                .setTime(
                    Timestamp.newBuilder()
                        .setSeconds(time.getEpochSecond())
                        .setNanos(time.getNano()))
                .build());
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static ErrorInfo errorInfo(StatusRuntimeException error) {
    try {
      return Objects.requireNonNull(StatusProto.fromThrowable(error))
          .getDetails(0)
          .unpack(ErrorInfo.class);
    } catch (com.google.protobuf.InvalidProtocolBufferException other) {
      throw new AssertionError("The detail is no ErrorInfo", other);
    }
  }

  static void assertStatus(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            error ->
                assertThat(error.getStatus().getCode()).as(error.getMessage()).isEqualTo(code));
  }
}

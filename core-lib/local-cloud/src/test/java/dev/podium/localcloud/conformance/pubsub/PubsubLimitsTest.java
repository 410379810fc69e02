package dev.podium.localcloud.conformance.pubsub;

import static dev.podium.localcloud.conformance.pubsub.Refusals.invalid;
import static dev.podium.localcloud.conformance.pubsub.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, bounds and defaults, from Google's `pubsub.proto` and quotas page.
@ExtendWith(PubsubContract.class)
class PubsubLimitsTest {

  @ParameterizedTest
  @ValueSource(strings = {"goog-mine", "ab", "1abc", "has space", "sla/sh", ""})
  void a_topic_of_a_forbidden_name_is_refused(String name, PubsubEndpoint pubsub) {
    invalid(() -> createTopic(pubsub, "projects/" + pubsub.project() + "/topics/" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a.b~c+d%e_f-g"})
  void a_topic_of_a_permitted_name_is_made(String ending, PubsubEndpoint pubsub) {
    String name = pubsub.name("topics") + ending;
    assertThat(createTopic(pubsub, name).getName()).isEqualTo(name);
  }

  @Test
  @AgentsNeedIt
  void a_topic_that_exists_is_said_to_exist(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    refused(Code.ALREADY_EXISTS, () -> createTopic(pubsub, topic));
  }

  @Test
  @AgentsNeedIt
  void what_does_not_exist_is_not_found(PubsubEndpoint pubsub) {
    String topic = pubsub.name("topics");
    String subscription = pubsub.name("subscriptions");
    refused(Code.NOT_FOUND, () -> pubsub.publish(topic, "x"));
    refused(Code.NOT_FOUND, () -> pubsub.subscribe(topic));
    refused(Code.NOT_FOUND, () -> pubsub.pullNow(subscription));
    refused(Code.NOT_FOUND, () -> pubsub.acknowledgeIds(subscription, List.of("any")));
    refused(Code.NOT_FOUND, () -> deleteTopic(pubsub, topic));
  }

  @Test
  void a_new_subscription_shows_its_defaults(PubsubEndpoint pubsub) {
    Subscription made = pubsub.create(pubsub.draft(pubsub.topic()));
    assertThat(made.getAckDeadlineSeconds()).isEqualTo(10);
    assertThat(made.getMessageRetentionDuration()).isEqualTo(days(7));
    assertThat(made.getExpirationPolicy().getTtl()).isEqualTo(days(31));
    assertThat(made.getState()).isEqualTo(Subscription.State.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 5, 9, 601})
  void an_ack_deadline_out_of_bounds_is_refused(int seconds, PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    invalid(() -> pubsub.create(pubsub.draft(topic).setAckDeadlineSeconds(seconds)));
  }

  @Test
  void a_retention_out_of_bounds_is_refused(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    Subscription.Builder draft = pubsub.draft(topic);
    invalid(() -> pubsub.create(draft.setMessageRetentionDuration(seconds(599))));
    invalid(() -> pubsub.create(draft.setMessageRetentionDuration(days(32))));
  }

  @Test
  void an_expiry_below_a_day_is_refused(PubsubEndpoint pubsub) {
    Subscription.Builder draft = pubsub.draft(pubsub.topic());
    ExpirationPolicy hour = ExpirationPolicy.newBuilder().setTtl(seconds(3600)).build();
    invalid(() -> pubsub.create(draft.setExpirationPolicy(hour)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 101})
  void dead_letter_attempts_out_of_bounds_are_refused(int attempts, PubsubEndpoint pubsub) {
    DeadLetterPolicy policy =
        DeadLetterPolicy.newBuilder()
            .setDeadLetterTopic(pubsub.topic())
            .setMaxDeliveryAttempts(attempts)
            .build();
    Subscription.Builder draft = pubsub.draft(pubsub.topic()).setDeadLetterPolicy(policy);
    // Google's proto names the bounds but not the code; its emulator says OUT_OF_RANGE.
    assertThatThrownBy(() -> pubsub.create(draft))
        .extracting(thrown -> Status.fromThrowable(thrown).getCode())
        .isIn(Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE);
  }

  @Test
  void a_retry_pause_beyond_ten_minutes_is_refused(PubsubEndpoint pubsub) {
    RetryPolicy policy = RetryPolicy.newBuilder().setMaximumBackoff(seconds(601)).build();
    Subscription.Builder draft = pubsub.draft(pubsub.topic());
    invalid(() -> pubsub.create(draft.setRetryPolicy(policy)));
  }

  @Test
  @AgentsNeedIt
  void a_publish_of_nothing_is_refused(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    invalid(() -> pubsub.publish(topic, new PubsubMessage[0]));
    invalid(() -> pubsub.publish(topic, PubsubMessage.getDefaultInstance()));
  }

  @Test
  void more_than_a_thousand_messages_in_one_publish_are_refused(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    PubsubMessage[] many =
        Collections.nCopies(1001, PubsubEndpoint.message("x")).toArray(PubsubMessage[]::new);
    invalid(() -> pubsub.publish(topic, many));
  }

  @Test
  void more_than_a_hundred_attributes_are_refused(PubsubEndpoint pubsub) {
    PubsubMessage.Builder message = PubsubEndpoint.message("x").toBuilder();
    for (int i = 0; i <= 100; i++) {
      message.putAttributes("key" + i, "v");
    }
    refusedMessage(pubsub, message.build());
  }

  @Test
  void an_attribute_key_that_is_too_long_is_refused(PubsubEndpoint pubsub) {
    refusedMessage(pubsub, attribute("k".repeat(257), "v"));
  }

  @Test
  void an_attribute_value_that_is_too_long_is_refused(PubsubEndpoint pubsub) {
    refusedMessage(pubsub, attribute("k", "v".repeat(1025)));
  }

  @Test
  void an_attribute_key_of_googles_own_is_refused(PubsubEndpoint pubsub) {
    refusedMessage(pubsub, attribute("googclient", "v"));
  }

  @Test
  void an_ordering_key_beyond_a_kilobyte_is_refused(PubsubEndpoint pubsub) {
    refusedMessage(pubsub, PubsubEndpoint.keyed("k".repeat(1025), "x"));
  }

  @Test
  void a_message_beyond_ten_megabytes_is_refused(PubsubEndpoint pubsub) {
    refusedMessage(pubsub, bytes(10_000_001));
  }

  @Test
  void a_message_of_nearly_ten_megabytes_arrives_whole(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, bytes(9_900_000));
    List<ReceivedMessage> received = pubsub.pull(subscription, 1);
    assertThat(received)
        .singleElement()
        .satisfies(r -> assertThat(r.getMessage().getData().size()).isEqualTo(9_900_000));
  }

  @Test
  void a_pull_of_no_messages_is_refused(PubsubEndpoint pubsub) {
    String subscription = pubsub.subscribe(pubsub.topic());
    PullRequest none = PullRequest.newBuilder().setSubscription(subscription).build();
    invalid(() -> pubsub.subscriber().pull(none));
  }

  @Test
  void a_lease_beyond_ten_minutes_is_refused(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "x");
    ReceivedMessage message = pubsub.take(subscription);
    invalid(() -> pubsub.deadline(subscription, message, 601));
  }

  @Test
  void a_subscription_outlives_its_topic_and_says_so(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    deleteTopic(pubsub, topic);
    refused(Code.NOT_FOUND, () -> getTopic(pubsub, topic));
    assertThat(
            pubsub
                .subscriber()
                .getSubscription(
                    GetSubscriptionRequest.newBuilder().setSubscription(subscription).build())
                .getTopic())
        .isEqualTo("_deleted-topic_");
  }

  private static void refusedMessage(PubsubEndpoint pubsub, PubsubMessage message) {
    String topic = pubsub.topic();
    invalid(() -> pubsub.publish(topic, message));
  }

  private static Topic createTopic(PubsubEndpoint pubsub, String name) {
    return pubsub.publisher().createTopic(Topic.newBuilder().setName(name).build());
  }

  private static Topic getTopic(PubsubEndpoint pubsub, String name) {
    return pubsub.publisher().getTopic(GetTopicRequest.newBuilder().setTopic(name).build());
  }

  private static void deleteTopic(PubsubEndpoint pubsub, String name) {
    var _ = pubsub.publisher().deleteTopic(DeleteTopicRequest.newBuilder().setTopic(name).build());
  }

  private static PubsubMessage attribute(String key, String value) {
    return PubsubEndpoint.message("x").toBuilder().putAttributes(key, value).build();
  }

  private static PubsubMessage bytes(int count) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[count])).build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Duration days(long days) {
    return seconds(days * 24 * 3600);
  }
}

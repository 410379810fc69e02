package dev.podium.localcloud.conformance.pubsub;

import static dev.podium.localcloud.conformance.pubsub.Refusals.errorInfo;
import static dev.podium.localcloud.conformance.pubsub.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who gets which message, how often, and in which order.
@ExtendWith(PubsubContract.class)
class PubsubDeliveryTest {

  @Test
  @AgentsNeedIt
  void every_subscription_gets_every_message_once_it_exists(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String first = pubsub.subscribe(topic);
    pubsub.publish(topic, "early");
    String second = pubsub.subscribe(topic);
    List<String> ids = pubsub.publish(topic, "late");
    assertThat(pubsub.pull(first, 2))
        .extracting(PubsubEndpoint::text)
        .containsExactlyInAnyOrder("early", "late");
    assertThat(pubsub.pull(second, 1))
        .extracting(PubsubEndpoint::text, r -> r.getMessage().getMessageId())
        .containsExactly(tuple("late", ids.getFirst()));
  }

  @Test
  @AgentsNeedIt
  void an_acknowledged_message_does_not_come_back_and_a_nacked_one_does(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "keep");
    pubsub.acknowledge(subscription, pubsub.pull(subscription, 1));
    pubsub.publish(topic, "again");
    ReceivedMessage again = pubsub.take(subscription);
    pubsub.deadline(subscription, again, 0);
    assertThat(pubsub.pull(subscription, 1))
        .extracting(PubsubEndpoint::text, r -> r.getMessage().getMessageId())
        .containsExactly(tuple("again", again.getMessage().getMessageId()));
  }

  @Test
  @AgentsNeedIt
  void a_message_whose_lease_ran_out_comes_back(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "x");
    ReceivedMessage leased = pubsub.take(subscription);
    pubsub.deadline(subscription, leased, 1);
    List<ReceivedMessage> back = pubsub.pull(subscription, 1);
    assertThat(back).extracting(PubsubEndpoint::text).containsExactly("x");
  }

  @Test
  void a_late_ack_on_a_plain_subscription_is_taken_without_complaint(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    pubsub.publish(topic, "x");
    List<ReceivedMessage> message = pubsub.pull(subscription, 1);
    pubsub.acknowledge(subscription, message);
    pubsub.acknowledge(subscription, message);
    pubsub.publish(topic, "y");
    assertThat(pubsub.pull(subscription, 1)).extracting(PubsubEndpoint::text).containsExactly("y");
  }

  @Test
  @AgentsNeedIt
  void a_pull_that_waits_is_woken_by_a_publish(PubsubEndpoint pubsub) throws Exception {
    String topic = pubsub.topic();
    String subscription = pubsub.subscribe(topic);
    PullRequest waiting =
        PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(5).build();
    CompletableFuture<List<ReceivedMessage>> pulled =
        CompletableFuture.supplyAsync(
            () -> pubsub.subscriber().pull(waiting).getReceivedMessagesList());
    pubsub.publish(topic, "wake");
    assertThat(pulled.get()).extracting(PubsubEndpoint::text).containsExactly("wake");
  }

  @Test
  @AgentsNeedIt
  void messages_of_one_key_come_in_the_order_of_their_publishing(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableMessageOrdering(true)).getName();
    for (int i = 1; i <= 20; i++) {
      pubsub.publish(topic, PubsubEndpoint.keyed("k", "m" + i));
    }
    assertThat(pubsub.takeInOrder(subscription, 20))
        .containsExactly(
            IntStream.rangeClosed(1, 20).mapToObj(i -> "m" + i).toArray(String[]::new));
  }

  @Test
  void a_nack_brings_the_message_and_all_later_ones_of_its_key_again_in_order(
      PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableMessageOrdering(true)).getName();
    for (int i = 1; i <= 5; i++) {
      pubsub.publish(topic, PubsubEndpoint.keyed("k", "o" + i));
    }
    ReceivedMessage first = pubsub.take(subscription);
    assertThat(PubsubEndpoint.text(first)).isEqualTo("o1");
    pubsub.deadline(subscription, first, 0);
    assertThat(pubsub.takeInOrder(subscription, 5)).containsExactly("o1", "o2", "o3", "o4", "o5");
  }

  @Test
  void a_key_that_waits_does_not_hold_up_another(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableMessageOrdering(true)).getName();
    pubsub.publish(topic, PubsubEndpoint.keyed("slow", "s1"));
    assertThat(pubsub.pull(subscription, 1)).extracting(PubsubEndpoint::text).containsExactly("s1");
    pubsub.publish(topic, PubsubEndpoint.keyed("quick", "q1"));
    assertThat(pubsub.pull(subscription, 1)).extracting(PubsubEndpoint::text).containsExactly("q1");
  }

  @Test
  void an_exactly_once_ack_succeeds_once(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableExactlyOnceDelivery(true)).getName();
    pubsub.publish(topic, "x");
    ReceivedMessage message = pubsub.take(subscription);
    pubsub.acknowledge(subscription, List.of(message));
    refusedForGood(pubsub, subscription, message);
  }

  @Test
  void after_an_expiry_only_the_newest_exactly_once_ack_id_is_good(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription =
        pubsub.create(pubsub.draft(topic).setEnableExactlyOnceDelivery(true)).getName();
    pubsub.publish(topic, "x");
    ReceivedMessage old = pubsub.take(subscription);
    pubsub.deadline(subscription, old, 0);
    ReceivedMessage renewed = pubsub.take(subscription);
    assertThat(renewed.getAckId()).isNotEqualTo(old.getAckId());
    refusedForGood(pubsub, subscription, old);
    pubsub.acknowledge(subscription, List.of(renewed));
  }

  @Test
  void a_message_that_fails_too_often_goes_to_the_dead_letter_topic(PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String graveyard = pubsub.topic();
    String graves = pubsub.subscribe(graveyard);
    DeadLetterPolicy policy =
        DeadLetterPolicy.newBuilder()
            .setDeadLetterTopic(graveyard)
            .setMaxDeliveryAttempts(5)
            .build();
    String subscription = pubsub.create(pubsub.draft(topic).setDeadLetterPolicy(policy)).getName();
    pubsub.publish(topic, "doomed");
    for (int attempt = 1; attempt <= 5; attempt++) {
      ReceivedMessage message = pubsub.take(subscription);
      assertThat(message.getDeliveryAttempt()).isEqualTo(attempt);
      pubsub.deadline(subscription, message, 0);
    }
    PubsubMessage dead = pubsub.take(graves).getMessage();
    assertThat(dead.getData().toStringUtf8()).isEqualTo("doomed");
    assertThat(dead.getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsEntry(
            "CloudPubSubDeadLetterSourceSubscription",
            subscription.substring(subscription.lastIndexOf('/') + 1))
        .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", pubsub.project())
        .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
  }

  @Test
  void a_detached_subscription_gives_nothing_and_says_why(PubsubEndpoint pubsub) {
    String subscription = pubsub.subscribe(pubsub.topic());
    var _ =
        pubsub
            .publisher()
            .detachSubscription(
                DetachSubscriptionRequest.newBuilder().setSubscription(subscription).build());
    refused(Code.FAILED_PRECONDITION, () -> pubsub.pullNow(subscription));
  }

  private static void refusedForGood(
      PubsubEndpoint pubsub, String subscription, ReceivedMessage message) {
    StatusRuntimeException refusal =
        refused(Code.INVALID_ARGUMENT, () -> pubsub.acknowledge(subscription, List.of(message)));
    assertThat(errorInfo(refusal))
        .hasValueSatisfying(info -> {
          assertThat(info.getReason()).isEqualTo("EXACTLY_ONCE_ACKID_FAILURE");
          assertThat(info.getDomain()).isEqualTo("pubsub.googleapis.com");
          assertThat(info.getMetadataMap())
              .containsEntry(message.getAckId(), "PERMANENT_FAILURE_INVALID_ACK_ID");
        })
        .map(ErrorInfo::getReason)
        .isPresent();
  }
}

package dev.podium.localcloud.pubsub.form;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.podium.localcloud.state.messaging.model.MessageFilter;
import dev.podium.localcloud.state.messaging.model.SnapshotView;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings.DeadLetter;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings.Redelivery;
import dev.podium.localcloud.state.messaging.model.SubscriptionView;
import dev.podium.localcloud.state.messaging.model.TopicSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Between the wire's topics, subscriptions and snapshots and the state's. Fields which the state
/// does not act on, such as labels, travel in the settings' document.
public final class Resources {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration THIRTY_ONE_DAYS = Duration.ofDays(31);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);
  private static final int LONGEST_FILTER_BYTES = 256;

  private Resources() {}

  public static TopicSettings settings(Topic topic) {
    Optional<Duration> retention =
        topic.hasMessageRetentionDuration()
            ? Optional.of(
                Durations.checked(
                    topic.getMessageRetentionDuration(),
                    TEN_MINUTES,
                    THIRTY_ONE_DAYS,
                    "message_retention_duration"))
            : Optional.empty();
    return new TopicSettings(retention, document(topic));
  }

  public static Topic topic(TopicSettings settings) {
    return parsed(Topic.getDefaultInstance(), settings.document());
  }

  /// The subscription with every field that Google fills in where the client left it out.
  public static Subscription withDefaults(Subscription asked) {
    Subscription.Builder filled = asked.toBuilder();
    if (asked.getAckDeadlineSeconds() == 0) {
      filled.setAckDeadlineSeconds(10);
    }
    if (!asked.hasMessageRetentionDuration()) {
      filled.setMessageRetentionDuration(Durations.wire(Duration.ofDays(7)));
    }
    if (!asked.hasExpirationPolicy()) {
      filled.setExpirationPolicy(
          ExpirationPolicy.newBuilder().setTtl(Durations.wire(THIRTY_ONE_DAYS)));
    }
    if (asked.hasRetryPolicy()) {
      RetryPolicy.Builder retry = filled.getRetryPolicyBuilder();
      if (!retry.hasMinimumBackoff()) {
        retry.setMinimumBackoff(Durations.wire(TEN_SECONDS));
      }
      if (!retry.hasMaximumBackoff()) {
        retry.setMaximumBackoff(Durations.wire(LONGEST_DEADLINE));
      }
    }
    if (asked.hasDeadLetterPolicy() && asked.getDeadLetterPolicy().getMaxDeliveryAttempts() == 0) {
      filled.getDeadLetterPolicyBuilder().setMaxDeliveryAttempts(5);
    }
    return filled.build();
  }

  public static SubscriptionSettings settings(Subscription subscription) {
    Statuses.require(
        subscription.getFilter().getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILTER_BYTES,
        "Invalid filter: it may have at most " + LONGEST_FILTER_BYTES + " bytes.");
    return new SubscriptionSettings(
        Durations.checked(
            seconds(subscription.getAckDeadlineSeconds()),
            TEN_SECONDS,
            LONGEST_DEADLINE,
            "ack_deadline_seconds"),
        Durations.checked(
            subscription.getMessageRetentionDuration(),
            TEN_MINUTES,
            THIRTY_ONE_DAYS,
            "message_retention_duration"),
        subscription.getRetainAckedMessages(),
        subscription.getEnableMessageOrdering(),
        subscription.getEnableExactlyOnceDelivery(),
        MessageFilter.parse(subscription.getFilter()),
        expiry(subscription.getExpirationPolicy()),
        subscription.hasDeadLetterPolicy()
            ? Optional.of(deadLetter(subscription.getDeadLetterPolicy()))
            : Optional.empty(),
        subscription.hasRetryPolicy()
            ? Optional.of(redelivery(subscription.getRetryPolicy()))
            : Optional.empty(),
        document(subscription));
  }

  public static Subscription subscription(SubscriptionView view) {
    Subscription.Builder shown =
        parsed(Subscription.getDefaultInstance(), view.settings().document()).toBuilder();
    shown.setTopic(view.topic()).setDetached(view.detached()).setState(Subscription.State.ACTIVE);
    view.topicRetention()
        .ifPresent(kept -> shown.setTopicMessageRetentionDuration(Durations.wire(kept)));
    return shown.build();
  }

  public static Snapshot snapshot(SnapshotView view) {
    return parsed(Snapshot.getDefaultInstance(), view.document()).toBuilder()
        .setName(view.name())
        .setTopic(view.topic())
        .setExpireTime(Durations.wire(view.expires()))
        .build();
  }

  public static ByteBuffer document(Message resource) {
    return resource.toByteString().asReadOnlyByteBuffer();
  }

  /// What an update makes of a resource.
  ///
  /// @param changeable the names of the fields that may be updated
  public static <T extends Message> T updated(
      T present, T asked, FieldMask mask, Set<String> changeable) {
    Descriptor kind = present.getDescriptorForType();
    Statuses.require(mask.getPathsCount() > 0, "The update_mask must name at least one field.");
    for (String path : mask.getPathsList()) {
      String field = path.split("\\.", 2)[0];
      Statuses.require(
          FieldMaskUtil.isValid(kind, path) && changeable.contains(field),
          "Invalid update_mask: the field " + path + " cannot be updated.");
    }
    Message.Builder result = present.toBuilder();
    FieldMaskUtil.merge(
        mask,
        asked,
        result,
        new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true)
            .setReplacePrimitiveFields(true));
    @SuppressWarnings("unchecked") // A builder from `present` builds what `present` is.
    T built = (T) result.build();
    return built;
  }

  private static com.google.protobuf.Duration seconds(int seconds) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Optional<Duration> expiry(ExpirationPolicy policy) {
    return policy.hasTtl()
        ? Optional.of(
            Durations.checked(
                policy.getTtl(),
                Duration.ofDays(1),
                Duration.ofDays(3650),
                "expiration_policy.ttl"))
        : Optional.empty();
  }

  private static DeadLetter deadLetter(DeadLetterPolicy policy) {
    int attempts = policy.getMaxDeliveryAttempts();
    Statuses.require(
        attempts >= 5 && attempts <= 100,
        "Invalid max_delivery_attempts: it must be at least 5 and at most 100, not "
            + attempts
            + ".");
    return new DeadLetter(ResourceNames.topic(policy.getDeadLetterTopic()), attempts);
  }

  private static Redelivery redelivery(RetryPolicy policy) {
    Duration least =
        Durations.checked(
            policy.getMinimumBackoff(), Duration.ZERO, LONGEST_DEADLINE, "minimum_backoff");
    Duration most =
        Durations.checked(
            policy.getMaximumBackoff(), Duration.ZERO, LONGEST_DEADLINE, "maximum_backoff");
    Statuses.require(
        least.compareTo(most) <= 0, "minimum_backoff must not be longer than maximum_backoff.");
    return new Redelivery(least, most);
  }

  @SuppressWarnings("unchecked") // A parser of `kind` gives what `kind` is.
  private static <T extends Message> T parsed(T kind, ByteBuffer document) {
    try {
      return (T)
          kind.getParserForType()
              .parseFrom(com.google.protobuf.ByteString.copyFrom(document.duplicate()));
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(
          "A resource that this server wrote is unreadable", impossible);
    }
  }
}

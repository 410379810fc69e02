package dev.podium.localcloud.pubsub.stream;

import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.podium.localcloud.pubsub.form.Durations;
import dev.podium.localcloud.state.messaging.delivery.Delivery;
import dev.podium.localcloud.state.messaging.model.TopicMessage;

/// The wire's form of a delivery.
final class Deliveries {
  private Deliveries() {}

  static ReceivedMessage wire(Delivery delivery) {
    TopicMessage message = delivery.message();
    TopicMessage.Content content = message.content();
    return ReceivedMessage.newBuilder()
        .setAckId(delivery.ackId())
        .setDeliveryAttempt(delivery.attempt())
        .setMessage(
            PubsubMessage.newBuilder()
                // Nobody writes to a message's bytes, so they are shared and not copied.
                .setData(UnsafeByteOperations.unsafeWrap(content.data().duplicate()))
                .putAllAttributes(content.attributes())
                .setOrderingKey(content.orderingKey())
                .setMessageId(message.id())
                .setPublishTime(Durations.wire(message.published())))
        .build();
  }
}

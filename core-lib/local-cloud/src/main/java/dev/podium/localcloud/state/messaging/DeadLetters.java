package dev.podium.localcloud.state.messaging;

import dev.podium.localcloud.state.messaging.delivery.Outstanding;
import dev.podium.localcloud.state.messaging.model.TopicMessage;
import java.util.HashMap;
import java.util.Map;

/// What a message becomes that failed too often: the same, with attributes which tell where it
/// comes from. Their names are Google's.
final class DeadLetters {
  private static final String SOURCE = "CloudPubSubDeadLetterSource";

  private DeadLetters() {}

  static TopicMessage.Content from(String subscription, Outstanding message) {
    TopicMessage.Content content = message.entry.message.content();
    String[] name = subscription.split("/", -1);
    Map<String, String> attributes = new HashMap<>(content.attributes());
    attributes.put(SOURCE + "DeliveryCount", Integer.toString(message.attempts));
    attributes.put(SOURCE + "Subscription", name[name.length - 1]);
    attributes.put(SOURCE + "SubscriptionProject", name.length > 1 ? name[1] : "");
    attributes.put(SOURCE + "TopicPublishTime", message.entry.message.published().toString());
    return new TopicMessage.Content(content.data(), Map.copyOf(attributes), content.orderingKey());
  }
}

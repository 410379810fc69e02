package dev.podium.localcloud.pubsub.form;

import static dev.podium.localcloud.pubsub.form.Statuses.require;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import dev.podium.localcloud.state.messaging.model.TopicMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What may be published, and its translation. Source of the numbers: Google's page "Pub/Sub quotas
/// and limits".
public final class PublishLimits {
  static final int MOST_BYTES = 10_000_000;
  private static final int MOST_MESSAGES = 1_000;
  private static final int MOST_ATTRIBUTES = 100;
  private static final int LONGEST_KEY_BYTES = 256;
  private static final int LONGEST_VALUE_BYTES = 1_024;
  private static final int LONGEST_ORDERING_KEY_BYTES = 1_024;

  private PublishLimits() {}

  /// @throws io.grpc.StatusRuntimeException with INVALID_ARGUMENT where a limit is exceeded
  public static List<TopicMessage.Content> contents(PublishRequest request) {
    int count = request.getMessagesCount();
    require(count > 0, "The request must contain at least one message.");
    require(
        count <= MOST_MESSAGES,
        "The value for message_count is too large. You passed "
            + count
            + " in the request, but the maximum value is "
            + MOST_MESSAGES
            + ".");
    require(
        request.getSerializedSize() <= MOST_BYTES,
        "Request payload size exceeds the limit: " + MOST_BYTES + " bytes.");
    String orderingKey = request.getMessages(0).getOrderingKey();
    List<TopicMessage.Content> contents = new ArrayList<>(count);
    for (PubsubMessage message : request.getMessagesList()) {
      require(
          message.getOrderingKey().equals(orderingKey),
          "All messages of one publish request must have the same ordering key.");
      contents.add(content(message));
    }
    return contents;
  }

  private static TopicMessage.Content content(PubsubMessage message) {
    require(
        !message.getData().isEmpty() || message.getAttributesCount() > 0,
        "One or more messages in the publish request is empty. Each message must contain either"
            + " non-empty data, or at least one attribute.");
    require(
        bytes(message.getOrderingKey()) <= LONGEST_ORDERING_KEY_BYTES,
        "The ordering key may have at most " + LONGEST_ORDERING_KEY_BYTES + " bytes.");
    require(
        message.getAttributesCount() <= MOST_ATTRIBUTES,
        "A message may have at most " + MOST_ATTRIBUTES + " attributes.");
    Map<String, String> attributes = Map.copyOf(message.getAttributesMap());
    attributes.forEach(PublishLimits::checkAttribute);
    return new TopicMessage.Content(
        message.getData().asReadOnlyByteBuffer(), attributes, message.getOrderingKey());
  }

  private static void checkAttribute(String key, String value) {
    require(
        !key.isEmpty() && bytes(key) <= LONGEST_KEY_BYTES,
        "An attribute's key must have 1 to " + LONGEST_KEY_BYTES + " bytes.");
    require(
        !key.startsWith("goog"), "An attribute's key must not start with goog (key=" + key + ").");
    require(
        bytes(value) <= LONGEST_VALUE_BYTES,
        "An attribute's value may have at most "
            + LONGEST_VALUE_BYTES
            + " bytes (key="
            + key
            + ").");
  }

  private static int bytes(String text) {
    // A character has at most three bytes in UTF-8, so most texts need no encoding to be judged.
    return text.length() * 3 <= LONGEST_KEY_BYTES
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}

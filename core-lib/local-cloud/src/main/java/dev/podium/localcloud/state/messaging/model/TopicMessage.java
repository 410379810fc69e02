package dev.podium.localcloud.state.messaging.model;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/// A message as its topic keeps it.
///
/// @param id rising within the local cloud, and beyond its restart
/// @param published never before the publication time of an earlier message of the topic
/// @param content what the publisher wrote
public record TopicMessage(String id, Instant published, Content content) {

  /// What a publisher writes.
  ///
  /// @param data read-only; shared by all who receive it, so read it through `duplicate()`
  /// @param attributes unmodifiable
  /// @param orderingKey empty where order does not matter
  public record Content(ByteBuffer data, Map<String, String> attributes, String orderingKey) {
    /// What this message counts for in limits: data, attributes and key, in bytes.
    public int size() {
      int size = data.remaining() + orderingKey.length();
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        size += attribute.getKey().length() + attribute.getValue().length();
      }
      return size;
    }
  }
}

package dev.podium.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// The chat topic's messages as JSON.
public final class ChatCodec {
  private static final String MESSAGE = "chat";
  private static final String MARKER = "marker";

  /// Longer than any that a VM writes: a text of which every character is escaped takes 24,000.
  private static final int LONGEST = 32 * 1024;

  private ChatCodec() {}

  public static String encode(ChatEvent event) {
    return switch (event) {
      case ChatMessage message -> encode(message);
      case ChatMarker marker ->
          WireJson.write(
              MARKER,
              json -> {
                json.writeStringField("vm", marker.vm());
                json.writeStringField("bootId", marker.bootId());
                json.writeNumberField("number", marker.number());
              });
    };
  }

  /// Reads what [#encode(ChatEvent)] wrote.
  ///
  /// A date that is none is taken for [Instant#MAX]: what is said is worth more than when.
  ///
  /// @return empty if it is of a type that this release does not know, damaged, or over-long; to be
  ///   skipped
  public static Optional<ChatEvent> decode(String json) {
    return json.length() > LONGEST ? Optional.empty() : WireJson.read(json, ChatCodec::event);
  }

  private static String encode(ChatMessage message) {
    return WireJson.write(
        MESSAGE,
        json -> {
          json.writeStringField("cid", message.cid());
          json.writeStringField("room", message.room());
          json.writeObjectFieldStart("from");
          json.writeStringField("id", message.from().id());
          json.writeStringField("name", message.from().name());
          json.writeStringField("instance", message.from().instance());
          json.writeEndObject();
          json.writeStringField("text", message.text());
          json.writeStringField("at", message.at().toString());
        });
  }

  private static Optional<ChatEvent> event(JsonNode object) {
    return switch (WireJson.text(object, "t")) {
      case MESSAGE -> Optional.of(message(object));
      case MARKER ->
          Optional.of(
              new ChatMarker(
                  WireJson.text(object, "vm"),
                  WireJson.text(object, "bootId"),
                  WireJson.count(object, "number")));
      default -> Optional.empty();
    };
  }

  private static ChatMessage message(JsonNode object) {
    JsonNode from = object.path("from");
    return new ChatMessage(
        WireJson.text(object, "cid"),
        WireJson.text(object, "room"),
        new ChatMessage.Sender(
            WireJson.text(from, "id"),
            WireJson.text(from, "name"),
            WireJson.text(from, "instance")),
        WireJson.text(object, "text"),
        date(WireJson.text(object, "at")));
  }

  private static Instant date(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException none) {
      return Instant.MAX;
    }
  }
}

package dev.podium.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.name.PersonNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// The chat topic's messages as JSON.
public final class ChatCodec {
  private static final String MESSAGE = "chat";
  private static final String MARKER = "marker";

  /// A sender's name with its joiners. Releases before this one skip a message whose `name` has
  /// any, and do not know this member: they show the name without them.
  private static final String SPELLED = "spelled";

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
          String name = message.from().name();
          String plain = PersonNames.withoutJoiners(name);
          json.writeStringField("cid", message.cid());
          json.writeStringField("room", message.room());
          json.writeObjectFieldStart("from");
          json.writeStringField("id", message.from().id());
          json.writeStringField("name", plain);
          if (!plain.equals(name)) {
            json.writeStringField(SPELLED, name);
          }
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
            WireJson.text(from, "id"), name(from), WireJson.text(from, "instance")),
        WireJson.text(object, "text"),
        date(WireJson.text(object, "at")));
  }

  /// As it is spelled, if that is the same name: else the two would be two people's.
  private static String name(JsonNode from) {
    String name = WireJson.text(from, "name");
    return WireJson.optionalText(from, SPELLED)
        .filter(spelled -> PersonNames.withoutJoiners(spelled).equals(name))
        .orElse(name);
  }

  private static Instant date(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException none) {
      return Instant.MAX;
    }
  }
}

package dev.podium.agent.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.agent.door.ChatError;
import dev.podium.agent.people.PresentMember;
import dev.podium.agent.people.Seat;
import dev.podium.agent.room.ListedRoom;
import dev.podium.agent.room.Room;
import dev.podium.agent.room.RoomMessage;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.Pulse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The frames between page and agent: one JSON object a text frame, `t` names the type.
public final class Frames {
  /// More names than a page can show; the frame says how many there are in all.
  private static final int MEMBERS_SHOWN = 200;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(20).build())
              .build());

  private Frames() {}

  // From the page.

  static PageFrame read(byte[] json) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (IOException malformed) {
      return new PageFrame.Bad("This is not JSON.");
    }
    return switch (tree.path("t").asText("")) {
      case "hello" ->
          new PageFrame.Hello(
              text(tree, "token"),
              text(tree, "code"),
              text(tree, "name"),
              text(tree, "room"),
              text(tree, "device"),
              text(tree, "after"),
              tree.path("returning").asBoolean(),
              tree.path("rooms").asBoolean());
      case "say" -> say(tree);
      case "older" ->
          text(tree, "before")
              .<PageFrame>map(PageFrame.Older::new)
              .orElseGet(() -> new PageFrame.Bad("Older than which message? It needs a before."));
      case "hold" ->
          tree.path("minutes").canConvertToInt()
              ? new PageFrame.Hold(tree.path("minutes").intValue())
              : new PageFrame.Bad("A hold needs its minutes.");
      case "typing" -> new PageFrame.Typing();
      case "bye" -> new PageFrame.Bye();
      default -> new PageFrame.Bad("This VM does not know such a frame.");
    };
  }

  private static PageFrame say(JsonNode tree) {
    Optional<String> cid = text(tree, "cid").filter(ChatLimits::isCid);
    Optional<String> said = text(tree, "text").map(ChatLimits::wellFormed);
    return cid.isPresent() && said.isPresent()
        ? new PageFrame.Say(cid.get(), said.get())
        : new PageFrame.Bad(
            "A message needs a cid of 1 to " + ChatLimits.LONGEST_CID + " characters and a text.");
  }

  private static Optional<String> text(JsonNode tree, String name) {
    return Optional.ofNullable(tree.path(name).textValue());
  }

  // To the page.

  public static byte[] message(String id, ChatMessage message) {
    return write(
        "msg",
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("cid", message.cid());
          json.writeObjectFieldStart("from");
          json.writeStringField("id", message.from().id());
          json.writeStringField("name", message.from().name());
          json.writeStringField("instance", message.from().instance());
          json.writeEndObject();
          json.writeStringField("text", message.text());
          json.writeStringField("at", message.at().toString());
        });
  }

  static byte[] welcome(
      Seat seat,
      String instance,
      Optional<Instant> expires,
      boolean codes,
      Room.Missed missed,
      List<PresentMember> members,
      List<Pulse.Heartbeat> peers) {
    return write(
        "welcome",
        json -> {
          json.writeObjectFieldStart("you");
          json.writeStringField("id", seat.personId());
          json.writeStringField("name", seat.name());
          json.writeEndObject();
          json.writeStringField("room", seat.room());
          json.writeStringField("instance", instance);
          if (expires.isPresent()) {
            json.writeStringField("expires", expires.get().toString());
          }
          json.writeBooleanField("codes", codes);
          json.writeBooleanField("recovered", missed.recovered());
          json.writeBooleanField("older", missed.older());
          json.writeBooleanField("more", missed.more());
          writeMessages(json, missed.messages());
          write(json, members);
          write(json, peers, instance);
        });
  }

  /// A message that belongs before one that was shown already.
  static byte[] late(RoomMessage message) {
    byte[] plain = message.encoded();
    byte[] more =
        (",\"before\":\""
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(message.before()))
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] frame = Arrays.copyOf(plain, plain.length - 1 + more.length);
    System.arraycopy(more, 0, frame, plain.length - 1, more.length);
    return frame;
  }

  /// What was said before a message.
  static byte[] older(String room, String before, Room.Earlier earlier) {
    return write(
        "older",
        json -> {
          json.writeStringField("room", room);
          json.writeStringField("before", before);
          json.writeBooleanField("more", earlier.more());
          json.writeBooleanField("older", earlier.older());
          writeMessages(json, earlier.messages());
        });
  }

  /// Which rooms there are.
  public static byte[] rooms(List<ListedRoom> rooms) {
    return write(
        "rooms",
        json -> {
          json.writeArrayFieldStart("rooms");
          for (ListedRoom room : rooms) {
            json.writeStartObject();
            json.writeStringField("name", room.name());
            json.writeNumberField("people", room.people());
            json.writeStringField("last", room.last());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  public static byte[] members(List<PresentMember> members) {
    return write("members", json -> write(json, members));
  }

  public static byte[] peers(List<Pulse.Heartbeat> peers, String instance) {
    return write("peers", json -> write(json, peers, instance));
  }

  static byte[] acknowledged(String cid, String id) {
    return write(
        "ack",
        json -> {
          json.writeStringField("cid", cid);
          json.writeStringField("id", id);
        });
  }

  static byte[] moved(String url) {
    return write("moved", json -> json.writeStringField("url", url));
  }

  /// How the VM is, in words: an empty message says that all is well again.
  public static byte[] state(boolean ok, String sentence) {
    return write(
        "state",
        json -> {
          json.writeBooleanField("ok", ok);
          json.writeStringField("message", sentence);
        });
  }

  static byte[] error(
      ChatError error, String sentence, Optional<String> cid, Optional<String> elsewhere) {
    return write(
        "error",
        json -> {
          json.writeStringField("code", error.code());
          json.writeStringField("message", sentence);
          if (cid.isPresent()) {
            json.writeStringField("cid", cid.get());
          }
          if (elsewhere.isPresent()) {
            json.writeStringField("url", elsewhere.get());
          }
        });
  }

  private static void writeMessages(JsonGenerator json, List<RoomMessage> messages)
      throws IOException {
    json.writeArrayFieldStart("messages");
    for (RoomMessage message : messages) {
      // Already encoded; the generator puts the comma.
      json.writeRawValue(new String(message.encoded(), StandardCharsets.UTF_8));
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, List<PresentMember> members) throws IOException {
    json.writeArrayFieldStart("members");
    for (PresentMember member : members.subList(0, Math.min(MEMBERS_SHOWN, members.size()))) {
      json.writeStartObject();
      json.writeStringField("id", member.id());
      json.writeStringField("name", member.name());
      json.writeStringField("instance", member.instance());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("count", members.size());
  }

  private static void write(JsonGenerator json, List<Pulse.Heartbeat> peers, String instance)
      throws IOException {
    json.writeArrayFieldStart("peers");
    for (Pulse.Heartbeat peer : peers) {
      if (!peer.vm().equals(instance) && peer.ready() && !peer.draining()) {
        json.writeStartObject();
        json.writeStringField("instance", peer.vm());
        json.writeStringField("url", peer.url());
        json.writeNumberField("participants", peer.participants());
        json.writeNumberField("seats", peer.seats());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /// Writes any object that an answer needs.
  public static byte[] object(Members members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] write(String type, Members members) {
    return object(json -> {
      json.writeStringField("t", type);
      members.write(json);
    });
  }

  /// Writes the members of one object.
  @FunctionalInterface
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}

package dev.podium.agent.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.agent.door.ChatError;
import dev.podium.wire.chat.ChatMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Any bytes are a frame, if only a bad one; what was said comes out as it went in, and as text.
public final class FrameTarget {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FrameTarget() {}

  /// @param input a text frame's bytes
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (Frames.read(input) instanceof PageFrame.Say say) {
      shown(say);
      answered(say.cid());
    }
  }

  /// Whether it is a frame that a page sends.
  public static boolean means(String frame) {
    return !(Frames.read(frame.getBytes(StandardCharsets.UTF_8)) instanceof PageFrame.Bad);
  }

  private static void shown(PageFrame.Say say) throws IOException {
    String text = throughTheBus(say.text());
    ChatMessage message =
        new ChatMessage(
            say.cid(),
            "lobby",
            new ChatMessage.Sender("p", "<b>Ann</b>", "vm-a"),
            text,
            Instant.EPOCH);
    JsonNode shown = JSON.readTree(Frames.message("1", message));
    require(shown.path("text").asText().equals(text), "the text changed");
    require(shown.path("cid").asText().equals(say.cid()), "the cid changed");
    require(shown.path("t").asText().equals("msg"), "the frame became another");
  }

  private static void answered(String cid) throws IOException {
    require(!cid.isEmpty() && cid.length() <= 128, "a cid out of bounds");
    JsonNode ack = JSON.readTree(Frames.acknowledged(cid, "1"));
    require(ack.path("cid").asText().equals(cid), "the acknowledged cid is another");
    byte[] refusal = Frames.error(ChatError.TOO_LONG, cid, Optional.of(cid), Optional.empty());
    require(JSON.readTree(refusal).path("cid").asText().equals(cid), "the refused cid is another");
  }

  private static String throughTheBus(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}

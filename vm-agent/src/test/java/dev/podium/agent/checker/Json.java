package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The frames' forms.
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final byte[] MESSAGE =
      "{\"t\":\"msg\",\"id\":\"".getBytes(StandardCharsets.US_ASCII);

  private Json() {}

  static JsonNode read(ByteBuf payload) {
    try (ByteBufInputStream in = new ByteBufInputStream(payload)) {
      return MAPPER.readTree((java.io.InputStream) in);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  static boolean isMessage(ByteBuf payload) {
    if (payload.readableBytes() < MESSAGE.length) {
      return false;
    }
    for (int i = 0; i < MESSAGE.length; i++) {
      if (payload.getByte(payload.readerIndex() + i) != MESSAGE[i]) {
        return false;
      }
    }
    return true;
  }

  /// The id of a `msg` frame, which is its first member.
  static String messageId(ByteBuf message) {
    int from = message.readerIndex() + MESSAGE.length;
    int end = message.indexOf(from, message.writerIndex(), (byte) '"');
    return message.toString(from, end - from, StandardCharsets.US_ASCII);
  }

  /// A message's number, from its cid.
  static int number(String cid) {
    return Integer.parseInt(cid.substring(cid.indexOf('-') + 1));
  }

  static List<Integer> ports(JsonNode frame) {
    List<Integer> ports = new ArrayList<>();
    frame.path("peers").forEach(peer -> ports.add(port(peer.path("url").asText())));
    return ports;
  }

  static int port(String url) {
    return URI.create(url).getPort();
  }
}

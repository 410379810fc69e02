package dev.podium.agent.fuzz;

import dev.podium.wire.chat.ChatCodec;
import dev.podium.wire.chat.PulseCodec;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// Whatever is on the topics, reading it does not throw; what could be read can be written and read
/// again, and is the same.
public final class BusTarget {
  private BusTarget() {}

  /// @param input a message's body
  public static void fuzzerTestOneInput(byte[] input) {
    String body = new String(input, StandardCharsets.UTF_8);
    ChatCodec.decode(body)
        .ifPresent(event ->
            require(ChatCodec.decode(ChatCodec.encode(event)).orElseThrow().equals(event)));
    PulseCodec.decode(body)
        .ifPresent(pulse ->
            require(PulseCodec.decode(PulseCodec.encode(pulse)).orElseThrow().equals(pulse)));
  }

  /// What a body says, on either topic; empty if it says nothing.
  static Stream<Object> read(String body) {
    return Stream.concat(ChatCodec.decode(body).stream(), PulseCodec.decode(body).stream());
  }

  private static void require(boolean held) {
    if (!held) {
      throw new IllegalStateException("a message is another when it was written again");
    }
  }
}

package dev.podium.agent.room;

import dev.podium.wire.chat.ChatMessage;

/// A message as a room keeps it: encoded once for everybody who will ever read it.
public final class RoomMessage {
  private final String id;
  private final byte[] encoded;

  RoomMessage(String id, byte[] encoded) {
    this.id = id;
    this.encoded = encoded;
  }

  /// Pub/Sub's id of its first publication: the same on every VM.
  public String id() {
    return id;
  }

  /// The frame for the page. Shared: not to be changed.
  public byte[] encoded() {
    return encoded;
  }

  /// Makes the frame for the page.
  @FunctionalInterface
  public interface Encoder {
    byte[] encode(String id, ChatMessage message);
  }
}

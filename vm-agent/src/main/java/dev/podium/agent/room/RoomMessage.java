package dev.podium.agent.room;

import dev.podium.wire.chat.ChatMessage;
import java.time.Instant;

/// A message as a room keeps it: encoded once for everybody who will ever read it.
public final class RoomMessage {
  private final String id;
  private final byte[] encoded;
  private final Instant published;
  private final String before;

  /// @param published by the cloud's clock
  /// @param before the id of what stands behind it although it came first; empty if nothing does
  RoomMessage(String id, byte[] encoded, Instant published, String before) {
    this.id = id;
    this.encoded = encoded;
    this.published = published;
    this.before = before;
  }

  /// Pub/Sub's id of its first publication: the same on every VM.
  public String id() {
    return id;
  }

  /// The frame for the page. Shared: not to be changed.
  public byte[] encoded() {
    return encoded;
  }

  Instant published() {
    return published;
  }

  /// The id of the message that it belongs before, where that was shown already: history that came
  /// late. Empty for what is the newest of its room.
  public String before() {
    return before;
  }

  /// Makes the frame for the page.
  @FunctionalInterface
  public interface Encoder {
    byte[] encode(String id, ChatMessage message);
  }
}

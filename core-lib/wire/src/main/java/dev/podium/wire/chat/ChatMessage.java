package dev.podium.wire.chat;

import java.time.Instant;

/// A message of a room, on the chat topic; its room is the ordering key. What its parts may be is
/// in [ChatLimits].
///
/// @param cid the sender's own id for it, unique per participant and device; duplicates are dropped
///   by it
/// @param room where it was said
/// @param from who said it, and on which VM
/// @param text plain text, never markup
/// @param at when the sender's VM took it, by that VM's clock
public record ChatMessage(String cid, String room, Sender from, String text, Instant at)
    implements ChatEvent {
  /// @param id of the participant, as in the invite
  /// @param name shown to the others
  /// @param instance the VM's name
  public record Sender(String id, String name, String instance) {}
}

package dev.podium.wire.chat;

/// A VM's own mark in the chat topic: once it comes back, what was published before it under the
/// same ordering key has come too. Nobody else looks at it.
///
/// @param vm who set it
/// @param bootId at which of its starts
/// @param number tells those of one start apart: an old one comes again when a subscription is set
///   back
public record ChatMarker(String vm, String bootId, int number) implements ChatEvent {
  /// The first of a VM's start.
  public ChatMarker(String vm, String bootId) {
    this(vm, bootId, 0);
  }

  /// Another one of the same start.
  public ChatMarker numbered(int number) {
    return new ChatMarker(vm, bootId, number);
  }

  /// Whether the same start of the same VM set both.
  public boolean sameBoot(ChatMarker other) {
    return vm.equals(other.vm) && bootId.equals(other.bootId);
  }
}

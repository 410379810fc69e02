package dev.podium.core.chat;

/// A VM's own mark in the chat topic: once it comes back, what was published before it has come
/// too, and the VM has caught up. Nobody else looks at it.
///
/// @param vm who set it
/// @param bootId at which of its starts
public record ChatMarker(String vm, String bootId) implements ChatEvent {}

package dev.podium.wire.chat;

/// What travels on the chat topic.
public sealed interface ChatEvent permits ChatMessage, ChatMarker {}

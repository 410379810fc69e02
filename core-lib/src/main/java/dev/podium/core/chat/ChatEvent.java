package dev.podium.core.chat;

/// What travels on the chat topic.
public sealed interface ChatEvent permits ChatMessage, ChatMarker {}

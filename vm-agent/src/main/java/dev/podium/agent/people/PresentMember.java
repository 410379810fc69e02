package dev.podium.agent.people;

/// Somebody who is in a room.
///
/// @param instance on which VM
public record PresentMember(String id, String name, String instance) {}

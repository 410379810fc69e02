package dev.podium.agent.people;

/// A person's place in a room, through one connection. The person's other pages in the same room
/// have seats of their own under the same name.
///
/// @param personId as in the invite
/// @param name unique in the room
public record Seat(String personId, String name, String room, Connection connection) {}

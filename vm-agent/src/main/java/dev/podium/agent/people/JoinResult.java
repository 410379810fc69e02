package dev.podium.agent.people;

/// What became of a join.
public sealed interface JoinResult {
  record Joined(Seat seat) implements JoinResult {}

  /// Every seat is taken.
  record Full() implements JoinResult {}

  /// Nobody is in that room, and people are in as many others as there may be.
  record TooManyRooms() implements JoinResult {}

  /// The VM takes nobody any more.
  record Draining() implements JoinResult {}
}

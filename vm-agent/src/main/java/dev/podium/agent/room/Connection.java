package dev.podium.agent.room;

/// One open page of a person.
public interface Connection {
  /// The person opened more pages than one may have; this one, the oldest, must end.
  void replaced();
}

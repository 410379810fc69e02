package dev.podium.agent.people;

import java.util.Optional;

/// Tells the consoles that somebody waits for a seat. Called on the chat loop.
@FunctionalInterface
public interface SeatRequests {
  void seatsWanted(int waiting, Optional<String> room);
}

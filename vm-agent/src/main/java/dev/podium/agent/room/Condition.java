package dev.podium.agent.room;

import java.util.SortedMap;

/// How this VM is.
///
/// @param ready whether it has caught up with the rooms' history
/// @param failing which of its own checks fail, and why in a sentence each
public record Condition(boolean ready, SortedMap<String, String> failing) {
  public boolean well() {
    return ready && failing.isEmpty();
  }
}

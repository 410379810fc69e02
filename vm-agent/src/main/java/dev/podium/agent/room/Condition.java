package dev.podium.agent.room;

import dev.podium.wire.model.AccessProblem;
import java.util.Optional;
import java.util.SortedMap;

/// How this VM is.
///
/// @param ready whether it has caught up with the rooms' history
/// @param failing which of its own checks fail, and why in a sentence each
/// @param access why Pub/Sub does not let it in, where only a person can mend that
public record Condition(
    boolean ready, SortedMap<String, String> failing, Optional<AccessProblem> access) {
  /// How a VM is that is let in everywhere.
  public Condition(boolean ready, SortedMap<String, String> failing) {
    this(ready, failing, Optional.empty());
  }

  public boolean well() {
    return ready && failing.isEmpty();
  }
}

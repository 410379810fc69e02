package dev.podium.agent.room;

import dev.podium.wire.name.Confusables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What the names in the rooms look like, worked out once for each. In a room of a thousand it is
/// asked for each of them whenever somebody comes.
final class NameKeys {
  private static final int REMEMBERED = 20_000;

  private final Map<String, Set<String>> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// As [Confusables#keys] has it.
  Set<String> of(String name) {
    return keys.computeIfAbsent(name, Confusables::keys);
  }

  /// Whether somebody who reads it takes it for one that has those keys.
  boolean isAmong(Set<String> others, String name) {
    return of(name).stream().anyMatch(others::contains);
  }
}

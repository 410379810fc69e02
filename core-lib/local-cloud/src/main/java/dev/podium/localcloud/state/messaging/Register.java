package dev.podium.localcloud.state.messaging;

import dev.podium.localcloud.state.messaging.model.MessagingException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The resources of one kind by their full names, at most so many in a project. Guarded by the lock
/// of [Messaging].
final class Register<T> {
  private final TreeMap<String, T> all = new TreeMap<>();
  private final String kind;
  private final int most;

  /// @param kind what they are called, for the refusal
  /// @param most in one project
  Register(String kind, int most) {
    this.kind = kind;
    this.most = most;
  }

  /// @throws MessagingException where there is one of this name, or as many as there may be
  void add(String name, T resource) {
    requireRoom(name);
    all.put(name, resource);
  }

  /// @throws MessagingException where [#add] would refuse this name
  void requireRoom(String name) {
    if (all.containsKey(name)) {
      throw MessagingException.exists(name);
    }
    // Only a register that may be full is worth the count, which walks through the project.
    if (all.size() >= most
        && startingWith(name.substring(0, name.lastIndexOf('/') + 1)).size() >= most) {
      throw new MessagingException(
          MessagingException.Reason.EXHAUSTED,
          "The project has " + most + " " + kind + ", which is the most that it may have.");
    }
  }

  /// @throws MessagingException where there is none of this name
  T get(String name) {
    T found = all.get(name);
    if (found == null) {
      throw MessagingException.notFound(name);
    }
    return found;
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  void remove(String name) {
    all.remove(name);
  }

  /// All whose names start with a prefix.
  NavigableMap<String, T> startingWith(String prefix) {
    return all.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
  }

  /// A copy, which stays as it is when resources come and go.
  List<T> values() {
    return List.copyOf(all.values());
  }
}

package dev.podium.localcloud.state;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The resources of one kind by their full names. Guarded by the lock of [Messaging].
final class Register<T> {
  private final TreeMap<String, T> all = new TreeMap<>();

  /// @throws MessagingException where there is one of this name
  void add(String name, T resource) {
    if (all.putIfAbsent(name, resource) != null) {
      throw MessagingException.exists(name);
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

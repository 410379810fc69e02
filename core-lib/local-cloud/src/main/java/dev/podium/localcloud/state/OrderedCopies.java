package dev.podium.localcloud.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Immutable copies that keep the caller's order, so that a list read back looks as it was written.
public final class OrderedCopies {
  private OrderedCopies() {}

  public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}

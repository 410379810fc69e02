package dev.podium.localcloud.state.instance;

import java.util.Comparator;

/// What identifies an instance in the project; ordered by zone, then name.
///
/// @param zone short name, such as `us-central1-a`
/// @param name 1 to 63 characters
public record InstanceKey(String zone, String name) implements Comparable<InstanceKey> {
  private static final Comparator<InstanceKey> ORDER =
      Comparator.comparing(InstanceKey::zone).thenComparing(InstanceKey::name);

  @Override
  public int compareTo(InstanceKey other) {
    return ORDER.compare(this, other);
  }

  /// Its path below the project: `zones/Z/instances/N`.
  public String path() {
    return "zones/" + zone + "/instances/" + name;
  }
}

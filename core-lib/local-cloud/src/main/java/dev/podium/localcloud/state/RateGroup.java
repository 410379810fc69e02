package dev.podium.localcloud.state;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Compute Engine counts together when it limits requests. Source: its page "API rate limits".
public enum RateGroup {
  /// Reads of zones and regions: get, list, `wait`, serial ports.
  READS_PER_REGION,
  /// Everything in zones and regions that changes something.
  WRITES_PER_REGION,
  /// Both of these.
  REQUESTS_PER_REGION,
  /// Reads of what belongs to no place, and lists of all places.
  GLOBAL_READS,
  /// Everything that changes what belongs to no place.
  GLOBAL_WRITES,
  /// Both of these.
  GLOBAL_REQUESTS;

  /// As people write it: `reads_per_region`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RateGroup> named(String label) {
    return Stream.of(values()).filter(group -> group.label().equals(label)).findFirst();
  }

  public static String names() {
    return Stream.of(values()).map(RateGroup::label).collect(Collectors.joining(", "));
  }
}

package dev.podium.fleet.policy;

/// Where and at which price a VM may be made.
///
/// @param zone short name
public record Placement(String zone, boolean spot) {
  @Override
  public String toString() {
    return spot ? zone + " (spot)" : zone;
  }
}

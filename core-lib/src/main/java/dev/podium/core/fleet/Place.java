package dev.podium.core.fleet;

/// Where and at which price a VM may be made.
///
/// @param zone short name
public record Place(String zone, boolean spot) {
  @Override
  public String toString() {
    return spot ? zone + " (spot)" : zone;
  }
}

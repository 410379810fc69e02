package dev.podium.fleet.model.offer;

/// A size of machine that a zone offers.
///
/// @param name short name, such as `e2-small`
/// @param guestCpus virtual CPUs, 1 or more
/// @param memoryMb memory in MiB
/// @param costPerHour list price in US dollars on demand, an estimate; 0 where it is not known or
///   nothing is charged
/// @param priceKnown whether the price is known; what it is not known of is not free
public record MachineType(
    String name, int guestCpus, int memoryMb, double costPerHour, boolean priceKnown) {
  /// A size whose price is known.
  public MachineType(String name, int guestCpus, int memoryMb, double costPerHour) {
    this(name, guestCpus, memoryMb, costPerHour, true);
  }
}

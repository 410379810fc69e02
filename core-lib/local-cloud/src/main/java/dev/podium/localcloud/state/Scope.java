package dev.podium.localcloud.state;

/// Where a resource or an operation lives: in a zone, a region, or everywhere.
///
/// @param path `zones/Z`, `regions/R` or `global`
public record Scope(String path) {
  /// Belongs to no place.
  public static final Scope GLOBAL = new Scope("global");

  /// A zone by its short name.
  public static Scope zone(String zone) {
    return new Scope("zones/" + zone);
  }

  /// A region by its short name.
  public static Scope region(String region) {
    return new Scope("regions/" + region);
  }

  /// The short name of the zone or region, or `global`.
  public String place() {
    return path.substring(path.indexOf('/') + 1);
  }

  /// Whether it is a zone.
  public boolean zonal() {
    return path.startsWith("zones/");
  }

  /// Whether it is a region.
  public boolean regional() {
    return path.startsWith("regions/");
  }
}

package dev.podium.fleet.model.offer;

/// A quota of a region, as the cloud counts it.
///
/// @param metric Google's name, such as `CPUS` or `N2_CPUS`
/// @param limit how much there may be
/// @param usage how much there is
public record RegionQuota(String metric, double limit, double usage) {
  /// How much is left, 0 or more.
  public double left() {
    return Math.max(0, limit - usage);
  }
}

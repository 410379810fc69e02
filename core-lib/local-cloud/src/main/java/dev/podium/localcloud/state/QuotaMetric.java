package dev.podium.localcloud.state;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the project may have only so much of in each region.
public enum QuotaMetric {
  /// Virtual processors of instances that exist and are not TERMINATED.
  CPUS(20_000),
  /// Instances, whatever their status.
  INSTANCES(20_000),
  /// Gigabytes of standard disks.
  DISKS_TOTAL_GB(1_000_000),
  /// Gigabytes of balanced and SSD disks.
  SSD_TOTAL_GB(1_000_000),
  /// External addresses of instances that run.
  IN_USE_ADDRESSES(20_000);

  /// Generous, because a local machine's own limits come first; a fault may set a smaller one.
  private final double generous;

  QuotaMetric(double generous) {
    this.generous = generous;
  }

  public static Optional<QuotaMetric> named(String name) {
    return Stream.of(values()).filter(metric -> metric.name().equals(name)).findFirst();
  }

  public static String names() {
    return Stream.of(values()).map(QuotaMetric::name).collect(Collectors.joining(", "));
  }

  public double generousLimit() {
    return generous;
  }

  /// The name in the monitoring system.
  public String metricName() {
    return "compute.googleapis.com/" + name().toLowerCase(Locale.ROOT);
  }

  /// The name of the limit.
  public String limitName() {
    return name().replace('_', '-') + "-per-project-region";
  }
}

package dev.podium.localcloud.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the project may have only so much of, in each region or in all. Source: Google's page
/// "Allocation quotas".
public enum QuotaMetric {
  /// Virtual processors of instances that exist and are not TERMINATED, of the families that have
  /// no quota of their own.
  CPUS(Kind.CPUS, ""),
  N2_CPUS(Kind.CPUS, "n2"),
  N2D_CPUS(Kind.CPUS, "n2d"),
  C2_CPUS(Kind.CPUS, "c2"),
  C2D_CPUS(Kind.CPUS, "c2d"),
  C3_CPUS(Kind.CPUS, "c3"),
  T2A_CPUS(Kind.CPUS, "t2a"),
  T2D_CPUS(Kind.CPUS, "t2d"),
  /// Instances, whatever their status.
  INSTANCES(Kind.INSTANCES, ""),
  /// Gigabytes of standard disks.
  DISKS_TOTAL_GB(Kind.DISKS, "pd-standard"),
  /// Gigabytes of balanced and SSD disks.
  SSD_TOTAL_GB(Kind.DISKS, ""),
  /// Gigabytes of balanced hyperdisks.
  HDB_TOTAL_GB(Kind.DISKS, "hyperdisk-balanced"),
  /// External addresses of instances that run.
  IN_USE_ADDRESSES(Kind.ADDRESSES, ""),
  /// Images of the project, wherever they are used.
  IMAGES(Kind.IMAGES, "");

  /// What is counted.
  public enum Kind {
    /// Virtual processors.
    CPUS(20_000),
    /// Instances.
    INSTANCES(20_000),
    /// Gigabytes of disks.
    DISKS(1_000_000),
    /// Addresses.
    ADDRESSES(20_000),
    /// Images.
    IMAGES(2_000);

    /// Generous, because a local machine's own limits come first; a fault may set a smaller one.
    private final double generous;

    Kind(double generous) {
      this.generous = generous;
    }
  }

  private final Kind kind;
  private final String only;

  /// @param only the one machine family or disk type that counts; empty for those without one of
  ///   their own
  QuotaMetric(Kind kind, String only) {
    this.kind = kind;
    this.only = only;
  }

  public static Optional<QuotaMetric> named(String name) {
    return Stream.of(values()).filter(metric -> metric.name().equals(name)).findFirst();
  }

  public static String names() {
    return Stream.of(values()).map(QuotaMetric::name).collect(Collectors.joining(", "));
  }

  /// Whether each region has its own.
  public boolean regional() {
    return kind != Kind.IMAGES;
  }

  /// What is counted.
  public Kind kind() {
    return kind;
  }

  /// Whether a machine family's processors, or a disk type's gigabytes, count here.
  ///
  /// @param what such as `n2` or `pd-balanced`
  public boolean counts(String what) {
    List<QuotaMetric> alike = Stream.of(values()).filter(other -> other.kind == kind).toList();
    return only.isEmpty()
        ? alike.stream().noneMatch(other -> other.only.equals(what))
        : only.equals(what);
  }

  public double generousLimit() {
    return kind.generous;
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

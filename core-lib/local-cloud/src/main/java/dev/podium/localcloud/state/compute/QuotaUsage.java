package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.QuotaMetric;
import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.util.Map;
import java.util.Optional;

/// How much of its quotas a region uses. A pure reading of the state.
public final class QuotaUsage {
  private QuotaUsage() {}

  /// What is in use of a metric in a region.
  public static double of(ComputeState state, String region, QuotaMetric metric) {
    return switch (metric) {
      case DISKS_TOTAL_GB, SSD_TOTAL_GB ->
          state.disks().stream()
              .filter(disk -> Catalog.regionOf(disk.key().zone()).equals(region))
              .filter(disk -> metricOf(disk.type()) == metric)
              .mapToDouble(PersistentDisk::sizeGb)
              .sum();
      case CPUS, INSTANCES, IN_USE_ADDRESSES ->
          state.instances().stream()
              .filter(instance -> Catalog.regionOf(instance.key().zone()).equals(region))
              .filter(instance -> metric == QuotaMetric.INSTANCES || holdsProcessors(instance))
              .mapToDouble(instance -> amount(instance.spec(), metric))
              .sum();
    };
  }

  private static boolean holdsProcessors(Instance instance) {
    return instance.status() != InstanceStatus.TERMINATED
        && instance.status() != InstanceStatus.SUSPENDED;
  }

  private static double amount(InstanceSpec spec, QuotaMetric metric) {
    return switch (metric) {
      case CPUS ->
          Catalog.machineType(spec.machineType()).map(Catalog.MachineType::guestCpus).orElse(0);
      case INSTANCES -> 1;
      case IN_USE_ADDRESSES -> spec.externalAddress() ? 1 : 0;
      case DISKS_TOTAL_GB, SSD_TOTAL_GB ->
          spec.disks().stream().mapToDouble(AttachedDisk::sizeGb).sum();
    };
  }

  private static QuotaMetric metricOf(String diskType) {
    return diskType.equals("pd-standard") ? QuotaMetric.DISKS_TOTAL_GB : QuotaMetric.SSD_TOTAL_GB;
  }

  /// The quota that one more instance would exceed, if any.
  ///
  /// @param bootDiskType short name of the type of the disks to create
  /// @param existing whether the instance exists and is only to be started again
  static Optional<OperationError> obstacle(
      ComputeState state, String zone, InstanceSpec spec, String bootDiskType, boolean existing) {
    String region = Catalog.regionOf(zone);
    Map<String, Double> limits = state.faults().quotas();
    for (QuotaMetric metric : QuotaMetric.values()) {
      boolean held = metric != QuotaMetric.CPUS && metric != QuotaMetric.IN_USE_ADDRESSES;
      boolean otherDisk = isDisk(metric) && metric != metricOf(bootDiskType);
      // Counting is linear in the fleet, so only what a fault has limited is counted.
      boolean unlimited =
          !limits.containsKey(metric.name()) && !limits.containsKey(region + "/" + metric.name());
      if ((existing && held) || otherDisk || unlimited) {
        continue;
      }
      double limit = state.faults().limit(region, metric);
      if (of(state, region, metric) + amount(spec, metric) > limit) {
        return Optional.of(OperationError.quota(metric, limit, region));
      }
    }
    return Optional.empty();
  }

  private static boolean isDisk(QuotaMetric metric) {
    return metric == QuotaMetric.DISKS_TOTAL_GB || metric == QuotaMetric.SSD_TOTAL_GB;
  }
}

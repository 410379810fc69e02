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
    return switch (metric.kind()) {
      case DISKS ->
          state.disks().stream()
              .filter(disk -> Catalog.regionOf(disk.key().zone()).equals(region))
              .filter(disk -> metric.counts(disk.type()))
              .mapToDouble(PersistentDisk::sizeGb)
              .sum();
      case CPUS, INSTANCES, ADDRESSES ->
          state.instances().stream()
              .filter(instance -> Catalog.regionOf(instance.key().zone()).equals(region))
              .filter(instance -> metric == QuotaMetric.INSTANCES || holdsProcessors(instance))
              .mapToDouble(instance -> amount(instance.spec(), metric))
              .sum();
      case IMAGES -> state.images().of(state.project().id()).size();
    };
  }

  /// The refusal of one more image, if there may be no more.
  static Optional<OperationError> obstacleToImage(ComputeState state) {
    double limit = state.faults().limit("global", QuotaMetric.IMAGES);
    return of(state, "global", QuotaMetric.IMAGES) + 1 > limit
        ? Optional.of(OperationError.globalQuota(QuotaMetric.IMAGES, limit))
        : Optional.empty();
  }

  private static boolean holdsProcessors(Instance instance) {
    return instance.status() != InstanceStatus.TERMINATED
        && instance.status() != InstanceStatus.SUSPENDED;
  }

  private static double amount(InstanceSpec spec, QuotaMetric metric) {
    return switch (metric.kind()) {
      case CPUS ->
          Catalog.machineType(spec.machineType())
              .filter(type -> metric.counts(type.family()))
              .map(Catalog.MachineType::guestCpus)
              .orElse(0);
      case INSTANCES -> 1;
      case ADDRESSES -> spec.externalAddress() ? 1 : 0;
      case IMAGES -> 0;
      case DISKS -> spec.disks().stream().mapToDouble(AttachedDisk::sizeGb).sum();
    };
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
      boolean disk = metric.kind() == QuotaMetric.Kind.DISKS;
      boolean held = disk || metric.kind() == QuotaMetric.Kind.INSTANCES;
      boolean otherDisk = disk && !metric.counts(bootDiskType);
      // Counting is linear in the fleet, so only what a fault has limited is counted.
      boolean unlimited =
          !limits.containsKey(metric.name()) && !limits.containsKey(region + "/" + metric.name());
      if ((existing && held) || otherDisk || unlimited || !metric.regional()) {
        continue;
      }
      double limit = state.faults().limit(region, metric);
      if (of(state, region, metric) + amount(spec, metric) > limit) {
        return Optional.of(OperationError.quota(metric, limit, region));
      }
    }
    return Optional.empty();
  }
}

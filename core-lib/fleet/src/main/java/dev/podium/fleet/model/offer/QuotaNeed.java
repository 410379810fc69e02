package dev.podium.fleet.model.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a VM takes of a quota.
///
/// @param metric Google's name of the quota
/// @param amount in its unit: VMs, addresses, vCPUs, GB
public record QuotaNeed(String metric, double amount) {
  /// What a VM takes of its region's quotas. Families of the first kind share one quota of vCPUs;
  /// the others have one of their own. Source: Google's page *Allocation quotas*.
  ///
  /// @param machineType short name
  /// @param cpus its vCPUs
  /// @param diskType of its boot disk
  /// @param externalAddress whether it has an address that the internet reaches
  public static List<QuotaNeed> of(
      String machineType, int cpus, String diskType, int diskGb, boolean externalAddress) {
    List<QuotaNeed> needs = new ArrayList<>();
    needs.add(new QuotaNeed("INSTANCES", 1));
    if (externalAddress) {
      needs.add(new QuotaNeed("IN_USE_ADDRESSES", 1));
    }
    needs.add(new QuotaNeed(diskMetric(diskType), diskGb));
    needs.add(new QuotaNeed(cpuMetric(machineType), cpus));
    return needs;
  }

  private static String cpuMetric(String machineType) {
    String family = machineType.replaceFirst("-.*", "");
    return switch (family) {
      case "e2", "n1", "f1", "g1" -> "CPUS";
      default -> family.toUpperCase(Locale.ROOT) + "_CPUS";
    };
  }

  private static String diskMetric(String diskType) {
    return switch (diskType) {
      case "pd-standard" -> "DISKS_TOTAL_GB";
      case "hyperdisk-balanced" -> "HDB_TOTAL_GB";
      default -> "SSD_TOTAL_GB";
    };
  }
}

package dev.podium.fleet.google.compute;

import dev.podium.fleet.model.offer.PriceList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What machine types, disks and addresses cost, as an estimate for people to compare by. These are
/// list prices on demand of us-central1 in US dollars, without traffic, discounts or taxes.
///
/// Source: our notes of Google's price list
/// (<https://cloud.google.com/compute/vm-instance-pricing>, and disks-image-pricing) of 2026, not
/// re-read since: compare before you rely on it. Other regions differ by up to about a third; the
/// bill is what counts.
public final class MachinePrices {
  /// A family's price of one virtual CPU and of one GiB of memory, each an hour.
  private record Rate(double cpu, double gibibyte) {}

  private static final Map<String, Rate> FAMILIES =
      Map.of(
          "e2", new Rate(0.021_811_59, 0.002_923_53),
          "n1", new Rate(0.031_611, 0.004_237),
          "n2", new Rate(0.031_611, 0.004_237),
          "n2d", new Rate(0.027_502, 0.003_686),
          "t2d", new Rate(0.027_502, 0.003_686),
          "c2", new Rate(0.033_98, 0.004_55));

  /// Types that share a core are billed for a part of the CPUs that they show.
  private static final Map<String, Double> SHARED_CORE =
      Map.of(
          "e2-micro", 0.0084,
          "e2-small", 0.0168,
          "e2-medium", 0.0335,
          "f1-micro", 0.0076,
          "g1-small", 0.0257);

  /// One GB of a disk for a month, which Google counts as 730 hours.
  private static final Map<String, Double> DISK_GB_MONTHS =
      Map.of("pd-standard", 0.04, "pd-balanced", 0.10, "pd-ssd", 0.17);

  private static final double HOURS_A_MONTH = 730;

  /// An external IPv4 address in use; on a Spot VM half of it. Source: the section "External IP
  /// address pricing" of <https://cloud.google.com/vpc/network-pricing>.
  private static final double ADDRESS = 0.005;

  private static final double SPOT_ADDRESS = 0.0025;

  /// A TiB of throughput costs 40 dollars. Source: <https://cloud.google.com/pubsub/pricing>.
  private static final double PUBSUB_GIB = 40.0 / 1_024;

  /// As exact as our notes are.
  private static final PriceList.Source SOURCE =
      new PriceList.Source(
          "https://cloud.google.com/compute/vm-instance-pricing", "2026", "us-central1");

  private MachinePrices() {}

  /// All but the machines.
  ///
  /// @param externalAddresses whether new VMs get one
  public static PriceList list(boolean externalAddresses) {
    return new PriceList(
        DISK_GB_MONTHS, ADDRESS, SPOT_ADDRESS, PUBSUB_GIB, externalAddresses, Optional.of(SOURCE));
  }

  /// Dollars an hour for a disk; 0 for a type that is not in the table.
  public static double disk(String type, long sizeGb) {
    return DISK_GB_MONTHS.getOrDefault(type, 0.0) * sizeGb / HOURS_A_MONTH;
  }

  /// Dollars an hour; nothing for a family whose prices are not in the table.
  public static OptionalDouble estimate(String machineType, int guestCpus, int memoryMb) {
    Double shared = SHARED_CORE.get(machineType);
    if (shared != null) {
      return OptionalDouble.of(shared);
    }
    int dash = machineType.indexOf('-');
    Rate rate = FAMILIES.get(dash < 0 ? machineType : machineType.substring(0, dash));
    return rate == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(guestCpus * rate.cpu() + memoryMb / 1024.0 * rate.gibibyte());
  }
}

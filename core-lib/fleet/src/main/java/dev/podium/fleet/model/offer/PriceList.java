package dev.podium.fleet.model.offer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the cloud charges beside machines, in US dollars, and where that was read. What is not in
/// it is not known, which is another thing than free.
///
/// @param diskGbMonths a GB of boot disk for a month of 730 hours, by the disk's type
/// @param address an external IPv4 address an hour, on a VM at the usual price
/// @param spotAddress the same on a Spot VM
/// @param messagesGib a GiB that goes to or from Pub/Sub
/// @param newVmsHaveAddresses whether VMs that are made now get an external address
/// @param source where the prices come from, and when they were read; empty where nothing costs
public record PriceList(
    Map<String, Double> diskGbMonths,
    double address,
    double spotAddress,
    double messagesGib,
    boolean newVmsHaveAddresses,
    Optional<Source> source) {
  private static final double HOURS_A_MONTH = 730;

  /// Pub/Sub charges 1,000 bytes at least for each request's message.
  private static final double LEAST_BYTES = 1_000;

  private static final double BYTES_A_GIB = 1L << 30;

  /// Nothing costs anything: a local cloud.
  public static final PriceList FREE = new PriceList(Map.of(), 0, 0, 0, false, Optional.empty());

  /// @param where a page that a person can look at
  /// @param read when, as far as is known: `2026`
  /// @param place whose prices they are; other regions differ by up to about a third
  public record Source(String where, String read, String place) {
    /// All of it, for a sentence: `Google's list prices of us-central1, read in 2026`.
    public String words() {
      return "Google's list prices of " + place + ", read in " + read;
    }
  }

  public PriceList {
    diskGbMonths = Map.copyOf(diskGbMonths);
  }

  /// Whether anything costs anything.
  public boolean charged() {
    return source.isPresent();
  }

  /// A disk, an hour; empty if its type has no known price.
  public OptionalDouble disk(String type, long sizeGb) {
    if (!charged() || sizeGb == 0) {
      return OptionalDouble.of(0);
    }
    Double month = diskGbMonths.get(type);
    return month == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(month * sizeGb / HOURS_A_MONTH);
  }

  /// An external address, an hour.
  public double address(boolean spot) {
    return spot ? spotAddress : address;
  }

  /// A VM with all that it has, an hour; empty if a part has no known price. A Spot machine costs
  /// at most what it costs on demand; its price changes by the day.
  ///
  /// @param machine the machine alone, on demand
  public OptionalDouble vm(OptionalDouble machine, VmResources resources, boolean spot) {
    OptionalDouble disk = disk(resources.diskType(), resources.diskSizeGb());
    return machine.isEmpty() || disk.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            machine.getAsDouble()
                + disk.getAsDouble()
                + (resources.externalAddress() ? address(spot) : 0));
  }

  /// The same for a VM that is to be made.
  public OptionalDouble newVm(
      OptionalDouble machine, String diskType, long diskSizeGb, boolean spot) {
    return vm(machine, new VmResources("", "", newVmsHaveAddresses, diskType, diskSizeGb), spot);
  }

  /// What a fleet's heartbeats cost on Pub/Sub an hour: each goes to every VM and to one console.
  /// People's words are few beside them. The 10 GiB a month that are free are not taken off.
  public double messages(int vms, Duration heartbeat) {
    double published = vms * (3_600.0 / Math.max(1, heartbeat.toSeconds()));
    return published * (vms + 2.0) * LEAST_BYTES / BYTES_A_GIB * messagesGib;
  }
}

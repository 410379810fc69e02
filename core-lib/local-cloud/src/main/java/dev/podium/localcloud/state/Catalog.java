package dev.podium.localcloud.state;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the cloud offers: places and kinds of machine. The same in every run.
public final class Catalog {
  /// @param name short name
  /// @param zones short names, in order
  public record Region(String name, List<String> zones) {}

  /// @param name short name
  /// @param guestCpus virtual processors
  /// @param memoryMb MiB, as Compute Engine counts them
  /// @param shared whether its processors are shared with others
  public record MachineType(String name, int guestCpus, int memoryMb, boolean shared) {
    /// A stable number for it.
    public long id() {
      return 1_000L * guestCpus + memoryMb % 1_000 + (shared ? 500_000 : 0);
    }
  }

  /// @param name short name
  /// @param description as Compute Engine words it
  /// @param sizes from least to most, such as `10GB-65536GB`
  /// @param defaultSizeGb of a disk for which nobody names a size
  public record DiskType(String name, String description, String sizes, long defaultSizeGb) {}

  /// Source: Google's page "Persistent Disk".
  private static final List<DiskType> DISK_TYPES =
      List.of(
          new DiskType("pd-balanced", "Balanced Persistent Disk", "10GB-65536GB", 100),
          new DiskType("pd-ssd", "SSD Persistent Disk", "10GB-65536GB", 100),
          new DiskType("pd-standard", "Standard Persistent Disk", "10GB-65536GB", 500));

  private static final List<Region> REGIONS =
      List.of(
          region("europe-west1", "b", "c", "d"),
          region("europe-west3", "a", "b", "c"),
          region("us-central1", "a", "b", "c", "f"));

  private static final List<MachineType> MACHINE_TYPES =
      Stream.of(
              new MachineType("e2-micro", 2, 1_024, true),
              new MachineType("e2-small", 2, 2_048, true),
              new MachineType("e2-medium", 2, 4_096, true),
              new MachineType("e2-standard-2", 2, 8_192, false),
              new MachineType("e2-standard-4", 4, 16_384, false),
              new MachineType("e2-standard-8", 8, 32_768, false),
              new MachineType("n1-standard-1", 1, 3_840, false),
              new MachineType("n2-standard-2", 2, 8_192, false))
          .sorted(Comparator.comparing(MachineType::name))
          .toList();

  private Catalog() {}

  private static Region region(String name, String... zones) {
    return new Region(name, Stream.of(zones).map(zone -> name + "-" + zone).toList());
  }

  /// All regions, by name.
  public static List<Region> regions() {
    return REGIONS;
  }

  /// One by its name.
  public static Optional<Region> region(String name) {
    return REGIONS.stream().filter(region -> region.name().equals(name)).findFirst();
  }

  /// All zones, by name.
  public static List<String> zones() {
    return REGIONS.stream().flatMap(region -> region.zones().stream()).toList();
  }

  /// What every zone offers, by name.
  public static List<MachineType> machineTypes() {
    return MACHINE_TYPES;
  }

  /// One by its short name.
  public static Optional<MachineType> machineType(String name) {
    return MACHINE_TYPES.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /// All kinds of disk, by name.
  public static List<DiskType> diskTypes() {
    return DISK_TYPES;
  }

  /// The region of a zone: everything before its last hyphen.
  public static String regionOf(String zone) {
    int hyphen = zone.lastIndexOf('-');
    return hyphen < 0 ? zone : zone.substring(0, hyphen);
  }
}

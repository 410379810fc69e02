package dev.podium.localcloud.state.place;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/// What the cloud offers: places, machine types and disk types, from `catalog.txt`. The same in
/// every run; any thread may ask.
public final class Catalog {
  /// @param name short name
  /// @param zones short names, in order
  public record Region(String name, List<String> zones) {}

  /// Which kinds of disk a family of machines boots from.
  public enum Disks {
    /// Persistent disks alone.
    PD,
    /// Hyperdisks alone: the families that came since 2024.
    HYPERDISK,
    /// Either.
    BOTH
  }

  /// How long a machine type is offered yet, as Compute Engine's member `deprecated` has it.
  public enum Stage {
    /// For long.
    CURRENT,
    /// Still to be had, but not for long.
    DEPRECATED,
    /// No more for new machines.
    OBSOLETE
  }

  /// @param name short name
  /// @param guestCpus virtual processors
  /// @param memoryMb MiB, as Compute Engine counts them
  /// @param shared whether its processors are shared with others
  /// @param architecture `X86_64` or `ARM64`; a boot disk's image must be of the same
  /// @param disks what it boots from
  /// @param stage how long it is offered yet
  /// @param zones short names of where it is offered
  public record MachineType(
      String name,
      int guestCpus,
      int memoryMb,
      boolean shared,
      String architecture,
      Disks disks,
      Stage stage,
      Set<String> zones) {
    /// A stable number for it.
    public long id() {
      CRC32 sum = new CRC32();
      sum.update(name.getBytes(StandardCharsets.UTF_8));
      return sum.getValue();
    }

    /// Its family's name, such as `e2`.
    public String family() {
      return familyOf(name);
    }

    /// The type of a boot disk for which nobody names one.
    public String usualDisk() {
      return disks == Disks.HYPERDISK ? "hyperdisk-balanced" : "pd-standard";
    }

    /// Whether it boots from a disk of that type.
    public boolean bootsFrom(String diskType) {
      boolean hyperdisk = diskType.startsWith("hyperdisk-");
      return switch (disks) {
        case PD -> !hyperdisk;
        // The other hyperdisks hold data, and no system to boot.
        case HYPERDISK -> diskType.equals("hyperdisk-balanced");
        case BOTH -> !hyperdisk || diskType.equals("hyperdisk-balanced");
      };
    }
  }

  /// @param name short name
  /// @param description as Compute Engine words it
  /// @param smallestGb of a disk
  /// @param largestGb of a disk
  /// @param usualGb of a disk for which nobody names a size
  public record DiskType(
      String name, String description, long smallestGb, long largestGb, long usualGb) {
    /// From least to most, such as `10GB-65536GB`.
    public String sizes() {
      return smallestGb + "GB-" + largestGb + "GB";
    }
  }

  private static final CatalogFile FILE = CatalogFile.read();
  private static final List<String> ZONES = FILE.zones().stream().sorted().toList();
  private static final Set<String> ZONE_NAMES = Set.copyOf(ZONES);
  private static final Map<String, MachineType> MACHINE_TYPES =
      byName(FILE.machineTypes(), MachineType::name);
  private static final Map<String, DiskType> DISK_TYPES = byName(FILE.diskTypes(), DiskType::name);
  private static final Map<String, Region> REGIONS =
      ZONES.stream()
          .collect(
              Collectors.groupingBy(Catalog::regionOf, LinkedHashMap::new, Collectors.toList()))
          .entrySet()
          .stream()
          .map(region -> new Region(region.getKey(), region.getValue()))
          .collect(
              Collectors.toMap(
                  Region::name, Function.identity(), (one, _) -> one, LinkedHashMap::new));
  private static final Map<String, List<MachineType>> BY_ZONE =
      ZONES.stream().collect(Collectors.toMap(Function.identity(), Catalog::offeredIn));

  private Catalog() {}

  private static <T> Map<String, T> byName(Collection<T> all, Function<T, String> name) {
    return all.stream()
        .collect(Collectors.toMap(name, Function.identity(), (one, _) -> one, TreeMap::new));
  }

  private static List<MachineType> offeredIn(String zone) {
    return MACHINE_TYPES.values().stream()
        .filter(type -> type.zones().contains(zone))
        .sorted(Comparator.comparing(MachineType::name))
        .toList();
  }

  /// All regions, by name.
  public static Collection<Region> regions() {
    return REGIONS.values();
  }

  /// One by its name.
  public static Optional<Region> region(String name) {
    return Optional.ofNullable(REGIONS.get(name));
  }

  /// All zones, by name.
  public static List<String> zones() {
    return ZONES;
  }

  /// Whether there is a zone of that name.
  public static boolean isZone(String name) {
    return ZONE_NAMES.contains(name);
  }

  /// What a zone offers, by name; nothing where there is no such zone.
  public static List<MachineType> machineTypes(String zone) {
    return BY_ZONE.getOrDefault(zone, List.of());
  }

  /// One by its short name, wherever it is offered.
  public static Optional<MachineType> machineType(String name) {
    return Optional.ofNullable(MACHINE_TYPES.get(name));
  }

  /// One by its short name, if the zone offers it.
  public static Optional<MachineType> machineType(String zone, String name) {
    return machineType(name).filter(type -> type.zones().contains(zone));
  }

  /// All kinds of disk, by name. Every zone has them.
  public static Collection<DiskType> diskTypes() {
    return DISK_TYPES.values();
  }

  /// One by its short name.
  public static Optional<DiskType> diskType(String name) {
    return Optional.ofNullable(DISK_TYPES.get(name));
  }

  /// The region of a zone: everything before its last hyphen.
  public static String regionOf(String zone) {
    int hyphen = zone.lastIndexOf('-');
    return hyphen < 0 ? zone : zone.substring(0, hyphen);
  }

  /// The family of a machine type: everything before its first hyphen.
  static String familyOf(String machineType) {
    int hyphen = machineType.indexOf('-');
    return hyphen < 0 ? machineType : machineType.substring(0, hyphen);
  }
}

package dev.podium.fleet.model.offer;

import java.util.Set;

/// Which boot disk a machine takes. The families that came since 2024 take Hyperdisk only:
/// https://cloud.google.com/compute/docs/disks#machine-series-support
public final class BootDiskType {
  /// What fits all machines of the older families, and is asked for where nobody chose.
  public static final String USUAL = "pd-balanced";

  private static final String HYPERDISK = "hyperdisk-balanced";
  private static final Set<String> HYPERDISK_ONLY =
      Set.of("a4", "a4x", "c4", "c4a", "c4d", "h4d", "m4", "n4", "n4a", "n4d", "x4", "z4d");

  private BootDiskType() {}

  /// What that machine gets where nobody chose one.
  public static String usual(String machineType) {
    return fitting(USUAL, machineType);
  }

  /// Only the usual type is replaced: what somebody chose is theirs, and the cloud says if it does
  /// not fit.
  ///
  /// @param asked such as `pd-balanced`
  /// @param machineType such as `n4-standard-2`
  public static String fitting(String asked, String machineType) {
    String family = machineType.replaceFirst("-.*", "");
    return asked.equals(USUAL) && HYPERDISK_ONLY.contains(family) ? HYPERDISK : asked;
  }
}

package dev.podium.wire.text;

/// Counts as sentences speak of them, in the singular for one.
public final class CountText {
  private CountText() {}

  /// `1 failed probe`, `3 failed probes`.
  ///
  /// @param thing in the singular, with a plural that only adds an `s`
  public static String of(long count, String thing) {
    return count + " " + choose(count, thing, thing + "s");
  }

  /// `1 person`, `3 people`.
  public static String people(int count) {
    return count + " " + choose(count, "person", "people");
  }

  /// `1 VM`, `3 VMs`.
  public static String vms(int count) {
    return of(count, "VM");
  }

  /// The word that goes with the count: `is` or `are`, `it` or `them`.
  public static String choose(long count, String one, String many) {
    return count == 1 ? one : many;
  }
}

package dev.podium.wire.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which VMs the fleet has, where they are and by which key each of them speaks. Consoles make it,
/// from what Compute Engine and the VMs' identity tokens say. Immutable.
///
/// @param revision rises with every change: when it was made, milliseconds since 1970 by the
///   cloud's clock, or one more than its predecessor's
/// @param entries one a VM
public record Roster(long revision, List<Entry> entries) {
  /// That of a receiver which never had one.
  public static final Roster NONE = new Roster(0, List.of());

  public Roster {
    entries = List.copyOf(entries);
  }

  /// One VM.
  ///
  /// @param vm its name
  /// @param vmId the cloud's number for it
  /// @param url where its page is, by Compute Engine's word, with a slash at its end
  /// @param key the point of its public key, base64url
  /// @param seats how many people it has room for, by its metadata
  public record Entry(String vm, String vmId, String url, String key, int seats) {}

  /// Whether it names the same VMs with the same addresses and keys.
  public boolean hasSameEntries(Roster other) {
    return entries.equals(other.entries);
  }

  /// The entries by the names of their VMs.
  public Map<String, Entry> byName() {
    Map<String, Entry> named = new HashMap<>();
    entries.forEach(entry -> named.put(entry.vm(), entry));
    return named;
  }

  /// The VM of that number, if it is on the roster.
  public Optional<Entry> ofVm(String vmId) {
    return entries.stream().filter(entry -> entry.vmId().equals(vmId)).findFirst();
  }
}

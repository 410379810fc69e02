package dev.podium.fleet.leaks;

import java.time.Instant;

/// One thing that the fleet has in the cloud, and what becomes of it.
///
/// @param name of the VM, the disk or the subscription
/// @param zone short name; empty for a subscription
/// @param vm the VM that it is, or was made for
/// @param owner who left it: the operator as labels write it; empty if nobody is named
/// @param console the id of the console that created it; empty if none is named
/// @param since when it was created
/// @param costPerHour list price in US dollars, an estimate
/// @param reason why that becomes of it, as a sentence begins: `no VM 'class-3' holds it`
public record Leak(
    Kind kind,
    String name,
    String zone,
    String vm,
    String owner,
    String console,
    Instant since,
    double costPerHour,
    Fate fate,
    String reason) {
  /// What it is.
  public enum Kind {
    /// A virtual machine. Only the health rules end one.
    VM,
    /// A disk that no VM has.
    DISK,
    /// A Pub/Sub subscription of a VM that is gone.
    SUBSCRIPTION
  }

  /// What becomes of it.
  public enum Fate {
    /// It is used, pinned, or within its limits.
    KEPT,
    /// The health monitor is ending it, by its own rules and in its own time.
    ENDING,
    /// It belongs to no VM, but is so young that its VM may be on its way; looked at again.
    YOUNG,
    /// It can be cleaned now.
    CLEANABLE,
    /// It was cleaned just now.
    CLEANED
  }

  /// Whether something has yet to end or to be cleaned.
  public boolean open() {
    return fate == Fate.ENDING || fate == Fate.YOUNG || fate == Fate.CLEANABLE;
  }

  Leak with(Fate other, String why) {
    return new Leak(kind, name, zone, vm, owner, console, since, costPerHour, other, why);
  }
}

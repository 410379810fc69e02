package dev.podium.fleet.health.record;

import java.util.Set;

/// How well the console sees at a moment, as far as the rules for one VM need to know.
///
/// @param doubt the observer's score, 0 to 8; every timeout is multiplied by it + 1
/// @param deaf whether not even the console's own message comes back, so that heartbeats which stay
///   away say nothing about their VMs
/// @param pathBlocked whether no probe gets through to any VM, so that a page which does not answer
///   says nothing about its VM
/// @param unreached short names of the zones that Compute Engine does not reach: what else is heard
///   of their VMs is kept, and nothing is decided about them
public record Sight(int doubt, boolean deaf, boolean pathBlocked, Set<String> unreached) {
  /// Of a console for which every zone is reached.
  public Sight(int doubt, boolean deaf, boolean pathBlocked) {
    this(doubt, deaf, pathBlocked, Set.of());
  }

  /// Of a console that hears, with an open way to the VMs.
  public static Sight open(int doubt) {
    return new Sight(doubt, false, false);
  }
}

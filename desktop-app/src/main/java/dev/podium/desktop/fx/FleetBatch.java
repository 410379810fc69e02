package dev.podium.desktop.fx;

import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.model.FleetVm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What happened since the last batch, folded: of each VM only its newest state.
///
/// @param changed new or changed VMs, each id at most once
/// @param gone ids of VMs that are no more; disjoint from `changed`
/// @param activities in their order
/// @param monitor its newest tick, if it ticked
public record FleetBatch(
    List<FleetVm> changed,
    Set<String> gone,
    List<Activity> activities,
    Optional<MonitorTicked> monitor) {
  public FleetBatch {
    changed = List.copyOf(changed);
    gone = Set.copyOf(gone);
    activities = List.copyOf(activities);
  }
}

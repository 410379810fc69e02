package dev.podium.desktop.fx;

import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.event.FleetEvent.VmChanged;
import dev.podium.fleet.event.FleetEvent.VmGone;
import dev.podium.fleet.model.FleetVm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds a burst of events into one [FleetBatch], so that ten thousand updates a second cost the
/// window a few batches. Methods may be called from any thread and never block for longer than a
/// map access.
final class EventFolder {
  private Map<String, FleetVm> changed = new LinkedHashMap<>();
  private Set<String> gone = new LinkedHashSet<>();
  private List<Activity> activities = new ArrayList<>();
  private @Nullable MonitorTicked monitor;

  /// Takes an event in.
  ///
  /// @return whether it is the first one since [#drain]
  synchronized boolean fold(FleetEvent event) {
    boolean first = changed.isEmpty() && gone.isEmpty() && activities.isEmpty() && monitor == null;
    switch (event) {
      case VmChanged(FleetVm vm) -> {
        gone.remove(vm.vm().id());
        changed.put(vm.vm().id(), vm);
      }
      case VmGone vm -> {
        changed.remove(vm.id());
        gone.add(vm.id());
      }
      case Activity activity -> activities.add(activity);
      case MonitorTicked ticked -> monitor = ticked;
    }
    return first;
  }

  /// Everything folded since the last call.
  synchronized FleetBatch drain() {
    FleetBatch batch =
        new FleetBatch(
            new ArrayList<>(changed.values()), gone, activities, Optional.ofNullable(monitor));
    changed = new LinkedHashMap<>();
    gone = new LinkedHashSet<>();
    activities = new ArrayList<>();
    monitor = null;
    return batch;
  }
}

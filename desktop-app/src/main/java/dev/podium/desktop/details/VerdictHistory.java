package dev.podium.desktop.details;

import dev.podium.desktop.fx.FleetBatch;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The verdicts on each VM since the window opened, newest first, at most [#KEPT] of each. Belongs
/// to the window's thread.
final class VerdictHistory {
  static final int KEPT = 50;

  private final Map<String, List<Verdict>> byId = new HashMap<>();

  void accept(FleetBatch batch) {
    batch.changed().forEach(this::remember);
    byId.keySet().removeAll(batch.gone());
  }

  private void remember(FleetVm vm) {
    List<Verdict> verdicts = byId.computeIfAbsent(vm.vm().id(), id -> new ArrayList<>(4));
    Verdict newest = vm.verdict();
    if (!verdicts.isEmpty()) {
      Verdict before = verdicts.getFirst();
      // The same state with fresher evidence replaces its line; only another state is a new one.
      if (before.health() == newest.health() && before.since().equals(newest.since())) {
        verdicts.set(0, newest);
        return;
      }
    }
    verdicts.addFirst(newest);
    if (verdicts.size() > KEPT) {
      verdicts.removeLast();
    }
  }

  List<Verdict> of(String id) {
    return List.copyOf(byId.getOrDefault(id, List.of()));
  }
}

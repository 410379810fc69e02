package dev.podium.fleet.health;

import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.sight.Census;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.cloud.ClockReading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is remembered of each VM of the fleet, by its id, in the order in which they were found.
final class VmRecords {
  private static final int GONE_KEPT = 10_000;

  private final Map<String, VmRecord> records = new LinkedHashMap<>();
  private final Map<String, String> idByName = new LinkedHashMap<>();
  // An answer that was on its way when a VM ended must not bring it back to life.
  private final Set<String> gone =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > GONE_KEPT;
            }
          });

  @Nullable VmRecord get(String id) {
    return records.get(id);
  }

  boolean knows(String id) {
    return records.containsKey(id);
  }

  /// A copy, so that whoever walks through it may change them.
  List<VmRecord> all() {
    return List.copyOf(records.values());
  }

  /// Those that the cloud's list left out, of zones that it reached.
  List<VmRecord> missingFrom(VmList list) {
    Set<String> there = list.vms().stream().map(Vm::id).collect(Collectors.toSet());
    return records.values().stream()
        .filter(vm -> !there.contains(vm.vm().id()) && list.reached(vm.vm().zone()))
        .toList();
  }

  Census census(Set<String> unreached, HealthLimits limits, ClockReading now) {
    return Census.of(records.values(), unreached, limits, now);
  }

  /// The id of the VM of that name.
  Optional<String> named(String name) {
    return Optional.ofNullable(idByName.get(name));
  }

  void put(VmRecord record) {
    records.put(record.vm().id(), record);
    idByName.put(record.vm().name().value(), record.vm().id());
  }

  /// The same VM, seen anew.
  void replace(VmRecord record) {
    records.put(record.vm().id(), record);
  }

  @Nullable VmRecord remove(String id) {
    VmRecord record = records.remove(id);
    if (record != null) {
      idByName.remove(record.vm().name().value(), id);
    }
    return record;
  }

  /// The VM ended for good; ids are never used again.
  void ended(String id) {
    gone.add(id);
  }

  boolean isGone(String id) {
    return gone.contains(id);
  }
}

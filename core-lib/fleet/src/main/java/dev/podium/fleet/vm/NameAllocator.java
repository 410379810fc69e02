package dev.podium.fleet.vm;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Settles the names of new VMs: `prefix-1`, `prefix-2`, …, each used once. May be used from any
/// thread.
public final class NameAllocator {
  private final ComputeCloud cloud;
  private final EventStream events;
  private final String fleet;
  private final Set<String> reserved = new HashSet<>();

  public NameAllocator(ComputeCloud cloud, EventStream events, String fleet) {
    this.cloud = cloud;
    this.events = events;
    this.fleet = fleet;
  }

  /// What names are asked against: the cloud's own list, read now.
  ///
  /// @return the VMs that the cloud knows. Names in a zone that does not answer are taken for as
  ///   long as the monitor remembers their VMs
  VmList read() {
    return cloud.list(fleet);
  }

  /// Takes the lowest free numbers.
  synchronized List<VmName> take(String prefix, int count, List<Vm> known) {
    Set<String> used = used(known);
    List<VmName> names = new ArrayList<>();
    for (int number = 1; names.size() < count; number++) {
      VmName name = new VmName(prefix + "-" + number);
      if (!used.contains(name.value())) {
        names.add(name);
      }
    }
    names.forEach(name -> reserved.add(name.value()));
    return names;
  }

  /// Takes a name anew that was given back, or the lowest free number if somebody has it by now.
  synchronized VmName retake(VmName name, String prefix, List<Vm> known) {
    if (used(known).contains(name.value())) {
      return take(prefix, 1, known).getFirst();
    }
    reserved.add(name.value());
    return name;
  }

  private Set<String> used(List<Vm> known) {
    Set<String> used = new HashSet<>(reserved);
    known.forEach(vm -> used.add(vm.name().value()));
    for (FleetVm vm : events.fleet()) {
      used.add(vm.name().value());
    }
    return used;
  }

  /// The VM exists, or was not made: its name is the cloud's to know. A name that the cloud refuses
  /// because somebody outside the fleet has it stays reserved, so that the next request skips it.
  synchronized void release(VmName name) {
    reserved.remove(name.value());
  }
}

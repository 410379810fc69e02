package dev.podium.desktop.fleet;

import dev.podium.fleet.model.FleetVm;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A row of the table: one property which holds the VM's newest state, shared by all columns. A
/// property for each column was measured to cost twice as much.
public final class VmRow {
  private final String id;
  private final ReadOnlyObjectWrapper<FleetVm> vm;

  VmRow(FleetVm vm) {
    this.id = vm.vm().id();
    this.vm = new ReadOnlyObjectWrapper<>(vm);
  }

  /// The cloud's number for the instance; a row keeps it for life.
  public String id() {
    return id;
  }

  /// Its newest state.
  public FleetVm vm() {
    return vm.get();
  }

  /// Its newest state, to observe.
  public ReadOnlyObjectProperty<FleetVm> vmProperty() {
    return vm.getReadOnlyProperty();
  }

  void replace(FleetVm newest) {
    vm.set(newest);
  }
}

package dev.podium.fleet;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.VmBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// VMs as the monitor would publish them.
public final class FleetVms {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private FleetVms() {}

  /// The VM `name` in that state, with nobody on it.
  public static FleetVm vm(String name, Health health, int seats) {
    return vm(name, health, 0, seats);
  }

  /// The same with people on it.
  public static FleetVm vm(String name, Health health, int present, int seats) {
    return vm(name, health, present, seats, Map.of(), 0);
  }

  /// The VM of a slot.
  public static FleetVm slot(int number, Health health, int present, int seats) {
    return vm(
        "class-us-central1-a-" + number,
        health,
        present,
        seats,
        Map.of("podium-slot", Integer.toString(number)),
        0);
  }

  /// @param cost US dollars an hour
  public static FleetVm vm(
      String name, Health health, int present, int seats, Map<String, String> labels, double cost) {
    Vm vm = VmBuilder.vm("id-" + name, name).created(NOW).labels(labels).build();
    return new FleetVm(
        vm,
        new Verdict(health, "as the test says", NOW, List.of()),
        new Participants(present, seats),
        Optional.of(Duration.ZERO),
        Optional.of(NOW),
        cost);
  }
}

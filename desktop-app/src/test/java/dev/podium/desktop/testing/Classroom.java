package dev.podium.desktop.testing;

import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The fleet of a class an hour into its lesson, as the console shows it then: for pictures.
public final class Classroom {
  private static final int SEATS = 50;

  private Classroom() {}

  /// Its VMs, by name.
  public static List<FleetVm> vms() {
    return List.of(
        Vms.labelled(used("class-us-central1-a-1", 47, 5, "kept: 47 people"), Labels.PIN, "true"),
        used("class-us-central1-a-2", 44, 2, "kept: 44 people"),
        vm(
            "class-us-central1-a-3",
            Health.UNREACHABLE,
            "unreachable: no heartbeat for 72 s, 3 failed probes, the last: connection refused",
            Duration.ofMinutes(58),
            Duration.ofMinutes(21),
            Duration.ofSeconds(72),
            0),
        used("class-us-central1-b-1", 31, 1, "kept: 31 people"),
        vm(
            "class-us-central1-b-2",
            Health.IDLE,
            "idle: nobody for 12 min",
            Duration.ofMinutes(55),
            Duration.ofMinutes(12),
            Duration.ofSeconds(6),
            0),
        vm(
            "class-us-central1-b-3",
            Health.DRAINING,
            "draining: nobody for 30 min; it takes nobody any more",
            Duration.ofMinutes(57),
            Duration.ofMinutes(30),
            Duration.ofSeconds(4),
            0),
        starting("class-us-central1-c-1"));
  }

  private static FleetVm used(String name, int people, int idleSeconds, String reason) {
    return vm(
        name,
        Health.HEALTHY,
        reason,
        Duration.ofMinutes(60),
        Duration.ofSeconds(idleSeconds),
        Duration.ofSeconds(idleSeconds + 2),
        people);
  }

  private static FleetVm starting(String name) {
    return new FleetVm(
        machine(name, Duration.ofSeconds(25), "203.0.113.24"),
        verdict(Health.STARTING, "starting: no sign of life yet", Duration.ofSeconds(25)),
        new Participants(0, SEATS),
        Optional.empty(),
        Optional.empty(),
        0.0168);
  }

  private static FleetVm vm(
      String name,
      Health health,
      String reason,
      Duration age,
      Duration idle,
      Duration heard,
      int people) {
    String address = "203.0.113." + (10 + Math.floorMod(name.hashCode(), 90));
    return new FleetVm(
        machine(name, age, address),
        verdict(health, reason, Duration.ofSeconds(12)),
        new Participants(people, SEATS),
        Optional.of(idle),
        Optional.of(Vms.START.minus(heard)),
        0.0168);
  }

  private static Verdict verdict(Health health, String reason, Duration entered) {
    Instant seen = Vms.START.minusSeconds(8);
    return new Verdict(
        health,
        reason,
        Vms.START.minus(entered),
        List.of(new Evidence(Evidence.Channel.COMPUTE, seen, "the cloud says RUNNING")));
  }

  private static Vm machine(String name, Duration age, String address) {
    String id = Long.toString(8_100_000_000_000_000L + Integer.toUnsignedLong(name.hashCode()));
    return VmBuilder.vm(id, name)
        .zone(name.substring("class-".length(), name.length() - 2))
        .age(age)
        .address(Optional.of(address))
        .build();
  }
}

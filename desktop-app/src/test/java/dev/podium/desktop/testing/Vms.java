package dev.podium.desktop.testing;

import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Person;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// VMs for tests.
public final class Vms {
  /// When the tests' day begins.
  public static final Instant START = Instant.parse("2026-05-04T09:00:00Z");

  private Vms() {}

  /// A healthy VM with nobody on it, ten minutes old.
  public static FleetVm vm(String name) {
    return vm(name, Health.HEALTHY, 0);
  }

  /// A VM in this state with so many people on it, ten minutes old.
  public static FleetVm vm(String name, Health health, int people) {
    return vm(name, health, people, "kept: in use");
  }

  /// A VM about which this is said.
  public static FleetVm vm(String name, Health health, int people, String reason) {
    boolean up = health != Health.STARTING;
    int number = Math.abs(name.hashCode() % 9_000);
    VmState state =
        health == Health.TERMINATED
            ? VmState.TERMINATED
            : up ? VmState.RUNNING : VmState.PROVISIONING;
    Vm vm =
        VmBuilder.vm("81" + (1_000_000_000_000L + number), name)
            .zone("us-central1-" + "abc".charAt(number % 3))
            .machineType(number % 4 == 0 ? "n2-standard-2" : "e2-small")
            .state(state)
            .age(Duration.ofMinutes(10 + number % 300))
            .address(up ? Optional.of("127.0.0.1") : Optional.empty())
            .chatPort(31_000 + number)
            .build();
    Verdict verdict =
        new Verdict(
            health,
            reason,
            START.minusSeconds(40),
            List.of(
                new Evidence(
                    Evidence.Channel.HEARTBEAT, START.minusSeconds(2), "heartbeat 1042, 3 people"),
                new Evidence(
                    Evidence.Channel.COMPUTE, START.minusSeconds(8), "the cloud says RUNNING")));
    return new FleetVm(
        vm,
        verdict,
        new Participants(people, 50),
        up ? Optional.of(Duration.ofSeconds(people > 0 ? 20 : 400)) : Optional.empty(),
        up ? Optional.of(START.minusSeconds(2)) : Optional.empty(),
        number % 4 == 0 ? 0.0971 : 0.0168);
  }

  /// The same VM with these people in one room.
  public static FleetVm inRoom(FleetVm vm, String room, String... names) {
    List<Person> people =
        Stream.of(names).map(name -> new Person("id-of-" + name, name, room)).toList();
    return new FleetVm(
        vm.vm(),
        vm.verdict(),
        new Participants(people.size(), vm.participants().seats(), people),
        vm.idle(),
        vm.lastHeartbeat(),
        vm.costPerHour());
  }

  /// The same VM in another state.
  public static FleetVm with(FleetVm vm, Health health, int people) {
    return new FleetVm(
        vm.vm(),
        new Verdict(health, "now " + health.word(), START, List.of()),
        new Participants(people, vm.participants().seats()),
        vm.idle(),
        vm.lastHeartbeat(),
        vm.costPerHour());
  }

  /// The same VM with one more label.
  public static FleetVm labelled(FleetVm shown, String key, String value) {
    return new FleetVm(
        VmBuilder.like(shown.vm()).label(key, value).build(),
        shown.verdict(),
        shown.participants(),
        shown.idle(),
        shown.lastHeartbeat(),
        shown.costPerHour());
  }

  /// The same VM, which the cloud ends so many seconds after [#START].
  public static FleetVm ending(FleetVm shown, long seconds) {
    Duration limit = Duration.between(shown.vm().created(), START.plusSeconds(seconds));
    return with(shown, VmBuilder.like(shown.vm()).runLimit(Optional.of(limit)).build());
  }

  /// The same VM without a run limit.
  public static FleetVm endless(FleetVm shown) {
    return with(shown, VmBuilder.like(shown.vm()).runLimit(Optional.empty()).build());
  }

  private static FleetVm with(FleetVm shown, Vm vm) {
    return new FleetVm(
        vm,
        shown.verdict(),
        shown.participants(),
        shown.idle(),
        shown.lastHeartbeat(),
        shown.costPerHour());
  }
}

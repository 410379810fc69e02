package dev.podium.fleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.health.ending.EndRules;
import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How VMs of a release whose VMs signed nothing make way for others.
class OutdatedFleetTest {
  private static final ScalingPolicy ONE =
      new ScalingPolicy(
          1,
          10,
          10,
          0,
          Duration.ofMinutes(30),
          List.of("us-central1-a"),
          "e2-small",
          "image",
          ScalingPolicy.Provisioning.STANDARD,
          Duration.ofHours(8),
          0,
          0);

  @Test
  void at_minimum_one_its_replacement_is_there_before_it_goes() {
    FleetVm old = outdated(FleetVms.slot(1, Health.IDLE, 0, 10));
    assertThat(demand(old).missing(ONE, 0)).isEqualTo(1);
    assertThat(mayGo(old.vm(), 1, demand(old))).isFalse();

    FleetVm boots = FleetVms.slot(2, Health.STARTING, 0, 10);
    assertThat(demand(old, boots).missing(ONE, 0)).isZero();
    assertThat(mayGo(old.vm(), 1, demand(old, boots))).isFalse();

    FleetVm ready = FleetVms.slot(2, Health.HEALTHY, 0, 10);
    assertThat(demand(old, ready).missing(ONE, 0)).isZero();
    assertThat(mayGo(old.vm(), 2, demand(old, ready))).isTrue();
  }

  @Test
  void with_people_on_it_it_counts_but_takes_no_newcomers() {
    FleetVm old = outdated(FleetVms.slot(1, Health.HEALTHY, 3, 10));
    assertThat(demand(old).missing(ONE, 0)).isZero();
    assertThat(demand(old).free()).isZero();
    assertThat(demand(old).missing(ONE, 2)).isEqualTo(1);
  }

  @Test
  void a_pinned_one_stays() {
    Vm pinned =
        VmBuilder.like(FleetVms.slot(1, Health.IDLE, 0, 10).vm())
            .outdated()
            .labels(Map.of(Labels.PIN, "true"))
            .build();
    FleetVm ready = FleetVms.slot(2, Health.HEALTHY, 0, 10);
    assertThat(mayGo(pinned, 2, demand(ready))).isFalse();
  }

  @Test
  void among_idle_vms_it_goes_first() {
    Vm old = outdated(FleetVms.slot(1, Health.IDLE, 0, 10)).vm();
    Vm young =
        VmBuilder.like(FleetVms.slot(2, Health.IDLE, 0, 10).vm())
            .created(old.created().plusSeconds(60))
            .build();
    EndRules rules = new EndRules(HealthLimits.standard());
    List<EndRules.Decision> decisions =
        rules.decide(
            List.of(wanted(young), wanted(old)), new EndRules.Fleet(2, 0, 2, 1), true, now());
    assertThat(decisions)
        .filteredOn(decision -> decision.held().isEmpty())
        .extracting(decision -> decision.wanted().vm().vm())
        .containsExactly(old);
  }

  private static FleetVm outdated(FleetVm vm) {
    return new FleetVm(
        VmBuilder.like(vm.vm()).outdated().build(),
        vm.verdict(),
        vm.participants(),
        Optional.of(Duration.ZERO),
        vm.lastHeartbeat(),
        vm.costPerHour());
  }

  private static Demand demand(FleetVm... vms) {
    return Demand.of(List.of(vms), Map.of());
  }

  /// @param working VMs that take people as the watch counts them: those that are outdated too
  private static boolean mayGo(Vm vm, int working, Demand demand) {
    EndRules.Fleet fleet = new EndRules.Fleet(working, 0, working, demand.vmsToKeep(ONE, 0));
    return new EndRules(HealthLimits.standard())
        .decide(List.of(wanted(vm)), fleet, true, now()).stream()
            .allMatch(decision -> decision.held().isEmpty());
  }

  private static EndRules.Wanted wanted(Vm vm) {
    HealthRules rules = new HealthRules(HealthLimits.standard());
    return new EndRules.Wanted(
        rules.found(vm, true, now()), new AskToEnd(End.DRAIN_IDLE, "replaced"));
  }

  private static ClockReading now() {
    return ClockReading.of(new ManualTicker());
  }
}

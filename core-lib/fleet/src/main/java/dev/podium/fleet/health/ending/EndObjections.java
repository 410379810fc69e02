package dev.podium.fleet.health.ending;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import dev.podium.wire.text.CountText;
import java.util.Optional;

/// What speaks against an end when the VM is looked at for the last time, as part of a sentence;
/// empty if nothing does. Pure: it judges one answer at a time.
record EndObjections(LastLook.Plan plan) {
  /// What Compute Engine says against it.
  ///
  /// @param claimed whether the VM carries this console's claim, if no other took its place
  Optional<String> ofCompute(Vm vm, boolean claimed, ClockReading now) {
    if (!plan.fleet().equals(vm.labels().get(Labels.FLEET))) {
      return Optional.of("it does not carry the fleet's label any more");
    }
    Optional<String> kept = vm.keptBy(now.cloud());
    if (kept.isPresent()) {
      return kept;
    }
    boolean lost =
        claimed && !plan.claim().label().equals(vm.labels().getOrDefault(Labels.CLAIM, ""));
    if (lost) {
      return Optional.of("another console claimed it");
    }
    // A machine that is being switched on is not off, and not dead yet either.
    boolean otherwise =
        plan.end() == End.DELETE_STOPPED
            ? !vm.state().isOff()
            : plan.end() == End.DELETE_DEAD && vm.state() != VmState.RUNNING;
    return otherwise ? Optional.of("Compute Engine says " + vm.state().name()) : Optional.empty();
  }

  /// What the VM's own answer says against it. Silence says nothing.
  Optional<String> ofVm(HealthProbe.Result result) {
    return switch (result) {
      case HealthProbe.Result.Silent _ -> Optional.empty();
      case HealthProbe.Result.Answered answered -> {
        if (plan.end() == End.DELETE_DEAD) {
          yield Optional.of("it answered its probe");
        }
        boolean deaf = plan.end() == End.DELETE_DEAF;
        // Whoever holds a VM is not on it, but its idle time stands still at 0.
        if (deaf && answered.participants() == 0 && answered.idleSeconds() == 0) {
          yield Optional.of("a person holds it");
        }
        // What is drained has moved everybody on. What cannot be drained keeps the tabs that were
        // left open.
        boolean forgotten = deaf && answered.idleSeconds() >= plan.window().toSeconds();
        yield answered.participants() == 0 || forgotten
            ? Optional.empty()
            : Optional.of(CountText.people(answered.participants()) + " on it");
      }
    };
  }
}

package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Ending;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.text.DurationText;
import java.util.Optional;

/// The rows DELETING and TERMINATED of the states' table: a machine that is on its way out or
/// switched off, by Compute Engine's own word.
final class StoppedRules {
  private final StepContext context;

  StoppedRules(StepContext context) {
    this.context = context;
  }

  /// The cloud took the deletion and yet the machine is there: it is a VM like any other again.
  Transition deleting(VmRecord vm) {
    boolean there = vm.vm().state() != VmState.STOPPING;
    return there && context.past(vm.entered(), context.limits().silence().stopped())
        ? Transition.to(
            RecordUpdates.rebased(vm.withEnding(Ending.NONE), context.now()),
            Health.UNKNOWN,
            "unknown: its deletion was accepted, but Compute Engine still says "
                + vm.vm().state().name())
        : Transition.stay(vm);
  }

  Transition stopped(VmRecord vm) {
    String word = "Compute Engine says " + vm.vm().state().name();
    if (vm.health() != Health.TERMINATED) {
      return switchedOff(vm, word);
    }
    if (!context.past(later(vm.entered(), vm.baseline()), context.limits().silence().stopped())) {
      return Transition.stay(vm);
    }
    String span = DurationText.roundedNanos(context.now().since(vm.entered()));
    return Transition.stay(vm)
        .with(context.ask(vm, End.DELETE_STOPPED, "destroyed: " + word + " for " + span));
  }

  private static Transition switchedOff(VmRecord vm, String word) {
    Optional<Claim> claim = Claim.on(vm.vm()).filter(_ -> vm.vm().state() == VmState.STOPPING);
    if (claim.isEmpty()) {
      return Transition.to(vm, Health.TERMINATED, "terminated: " + word);
    }
    // It may be this console, whose own request was not answered.
    String who = "destroyed by the console '" + claim.get().console() + "'";
    return Transition.to(
        vm, Health.DELETING, vm.ending().underWay() ? "destroyed: as decided" : who);
  }

  Transition restarted(VmRecord vm) {
    return Transition.to(
        RecordUpdates.restarted(vm, context.now()), Health.STARTING, "starting: switched on again");
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}

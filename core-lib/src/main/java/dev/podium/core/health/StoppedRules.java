package dev.podium.core.health;

import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Ending;
import dev.podium.core.model.Health;
import dev.podium.core.model.VmState;
import java.util.Optional;

/// The rows DELETING and TERMINATED of the states' table: a machine that is on its way out or
/// switched off, by Compute Engine's own word.
final class StoppedRules {
  private final Hearing hearing;

  StoppedRules(Hearing hearing) {
    this.hearing = hearing;
  }

  /// The cloud took the deletion and yet the machine is there: it is a VM like any other again.
  VmRecord deleting(VmRecord vm) {
    boolean there = vm.vm().state() != VmState.STOPPING;
    return there && hearing.past(vm.entered(), hearing.limits().silence().stopped())
        ? hearing.enter(
            hearing.facts().rebased(vm.withEnding(Ending.NONE), hearing.now()),
            Health.UNKNOWN,
            "unknown: its deletion was accepted, but Compute Engine still says "
                + vm.vm().state().name())
        : vm;
  }

  VmRecord stopped(VmRecord vm) {
    String word = "Compute Engine says " + vm.vm().state().name();
    if (vm.health() != Health.TERMINATED) {
      Optional<Claim> claim = Claim.on(vm.vm()).filter(_ -> vm.vm().state() == VmState.STOPPING);
      if (claim.isEmpty()) {
        return hearing.enter(vm, Health.TERMINATED, "terminated: " + word);
      }
      // It may be this console, whose own request was not answered.
      String who = "destroyed by the console '" + claim.get().console() + "'";
      return hearing.enter(
          vm, Health.DELETING, vm.ending().going() ? "destroyed: as decided" : who);
    }
    if (hearing.past(later(vm.entered(), vm.baseline()), hearing.limits().silence().stopped())) {
      String span = Words.spanNanos(hearing.now().since(vm.entered()));
      hearing.ask(vm, End.DELETE_STOPPED, "destroyed: " + word + " for " + span);
    }
    return vm;
  }

  VmRecord restarted(VmRecord vm) {
    return hearing.enter(
        hearing.facts().restarted(vm, hearing.now()),
        Health.STARTING,
        "starting: switched on again");
  }

  static boolean off(VmState state) {
    return switch (state) {
      case STOPPING, TERMINATED, SUSPENDING, SUSPENDED -> true;
      case PROVISIONING, STAGING, RUNNING, REPAIRING, UNKNOWN -> false;
    };
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}

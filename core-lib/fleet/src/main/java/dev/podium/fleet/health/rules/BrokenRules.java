package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.model.Health;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.text.CountText;

/// The row BROKEN of the states' table: a VM that answers but does not work. It is drained once
/// nobody is on it; while people are, only the operator decides.
///
/// One that Pub/Sub never let in cannot be told to drain. It stays until its run limit, and shows
/// by becoming ready that a person has mended the reason.
final class BrokenRules {
  private final StepContext context;

  BrokenRules(StepContext context) {
    this.context = context;
  }

  Transition broken(VmRecord vm) {
    if (vm.drain().filter(Drain::accepted).isPresent()) {
      return Transition.through(vm, Health.DRAINING, VerdictText.drainBegins(vm));
    }
    if (!vm.heartbeats().failing() && (vm.everReady() || context.atWork(vm))) {
      return Transition.through(vm.withReady(true), Health.HEALTHY, VerdictText.HEARD);
    }
    if (vm.heartbeats().empty() < context.limits().use().emptyHeartbeats()) {
      return Transition.stay(
          vm.participants() == 0 ? Verdicts.refreshed(vm, because(vm)) : left(vm));
    }
    if (vm.drain().isPresent()) {
      return new DrainConversation(context).unanswered(vm, vm.drain().get());
    }
    return Transition.stay(vm).with(context.ask(vm, End.DRAIN_BROKEN, because(vm)));
  }

  private static VmRecord left(VmRecord vm) {
    return Verdicts.reworded(
        vm,
        because(vm)
            + "; "
            + CountText.people(vm.participants())
            + " on it, so only the operator ends it");
  }

  private static String because(VmRecord vm) {
    if (vm.shutOut()) {
      return "broken: " + VerdictText.accessProblem(vm).orElse("");
    }
    if (vm.heartbeats().failing()) {
      return "broken: " + VerdictText.failingChecks(vm);
    }
    return vm.heartbeats().last().filter(Pulse.Heartbeat::ready).isPresent()
        ? "broken: its page does not answer"
        : VerdictText.NEVER_CAUGHT_UP;
  }
}

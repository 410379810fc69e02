package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Drain;

/// The row BROKEN of the states' table: a VM that answers but does not work. It is drained once
/// nobody is on it; while people are, only the operator decides.
final class BrokenRules {
  static final String NEVER_CAUGHT_UP =
      "broken: heartbeats arrive, but it never caught up with what was said before";

  private final StepContext context;
  private final DrainRules drains;
  private final UseRules use;
  private final SilenceRules silence;

  BrokenRules(StepContext context, DrainRules drains, UseRules use, SilenceRules silence) {
    this.context = context;
    this.drains = drains;
    this.use = use;
    this.silence = silence;
  }

  VmRecord broken(VmRecord vm) {
    if (context.silent(vm)) {
      return silence.suspect(vm);
    }
    if (vm.drain().filter(Drain::accepted).isPresent()) {
      return drains.drainBegins(vm);
    }
    if (!vm.heartbeats().failing() && (vm.everReady() || context.atWork(vm))) {
      return use.alive(vm.withReady(true));
    }
    if (vm.heartbeats().empty() < context.limits().use().emptyHeartbeats()) {
      return vm.participants() == 0
          ? vm
          : Verdicts.reworded(
              vm,
              brokenBecause(vm)
                  + "; "
                  + Amounts.people(vm.participants())
                  + " on it, so only the operator ends it");
    }
    if (vm.drain().isPresent()) {
      return drains.unanswered(vm, vm.drain().get());
    }
    context.ask(vm, End.DRAIN_BROKEN, brokenBecause(vm));
    return vm;
  }

  private static String brokenBecause(VmRecord vm) {
    if (vm.heartbeats().failing()) {
      return "broken: " + VerdictText.failingChecks(vm);
    }
    return vm.heartbeats().last().filter(Pulse.Heartbeat::ready).isPresent()
        ? "broken: its page does not answer"
        : NEVER_CAUGHT_UP;
  }
}

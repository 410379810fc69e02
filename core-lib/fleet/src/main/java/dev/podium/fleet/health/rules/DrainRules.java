package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.model.Health;
import dev.podium.wire.text.CountText;
import java.util.List;
import java.util.Optional;

/// The row DRAINING of the states' table: a VM that takes nobody any more, until it is empty or
/// takes people again.
final class DrainRules {
  private final StepContext context;

  DrainRules(StepContext context) {
    this.context = context;
  }

  Transition draining(VmRecord vm) {
    if (vm.heartbeats().notDraining() >= 2) {
      long pause = context.limits().use().drainRetry().toNanos();
      VmRecord taken =
          vm.withDrain(Optional.empty())
              .withEnding(vm.ending().later(context.now().nanos() + pause));
      return Transition.to(taken, Health.HEALTHY, "kept: it takes people again");
    }
    if (vm.drain().isEmpty()) {
      boolean left = context.past(vm.entered(), context.limits().use().drainRetry());
      List<HealthAction> asked =
          left ? context.ask(vm, End.DRAIN_ADOPTED, "a drain was left half-done") : List.of();
      return Transition.stay(vm).with(asked);
    }
    Drain drain = vm.drain().get();
    if (!drain.accepted()) {
      return new DrainConversation(context).unanswered(vm, drain);
    }
    if (drain.emptyAnswer() || saysDrainedAndEmpty(vm)) {
      return Transition.stay(vm)
          .with(context.ask(vm, End.DELETE_DRAINED, "destroyed: " + drain.reason()));
    }
    return Transition.stay(
        Verdicts.reworded(
            vm,
            "draining: "
                + drain.reason()
                + "; "
                + CountText.people(vm.participants())
                + " to move on"));
  }

  private static boolean saysDrainedAndEmpty(VmRecord vm) {
    return vm.heartbeats()
        .last()
        .filter(beat -> beat.draining() && beat.participants() == 0)
        .isPresent();
  }
}

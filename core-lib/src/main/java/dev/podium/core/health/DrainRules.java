package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Drain;
import dev.podium.core.model.Health;
import java.util.Optional;

/// The drain's conversation with the VM, and the row DRAINING of the states' table: asked, asked
/// again, accepted, emptied, or called off.
final class DrainRules {
  private final StepContext context;

  DrainRules(StepContext context) {
    this.context = context;
  }

  /// A pin or a hold calls a drain off. The drain is forgotten only when the VM takes people again,
  /// and called off again until then: the message can be lost. A VM that never hears it is useless
  /// once nobody keeps it.
  VmRecord cancelled(VmRecord vm) {
    if (vm.drain().isEmpty()) {
      return vm;
    }
    Drain drain = vm.drain().get();
    if (drain.cancelled()) {
      return vm.heartbeats().notDraining() >= 2 || neverHears(vm, drain)
          ? vm.withDrain(Optional.empty())
          : resent(vm, drain);
    }
    Optional<String> kept = vm.vm().keptBy(context.now().wall());
    if (kept.isEmpty()) {
      return vm;
    }
    context.act(new Action.CancelDrain(drain.id()));
    context.say(Level.INFO, "kept: " + kept.get() + ", so its drain is called off");
    return vm.withDrain(Optional.of(drain.sent(context.now(), true)))
        .withHeartbeats(vm.heartbeats().withNotDraining(0));
  }

  /// A VM that nobody uses, nobody keeps any more and nobody can join, since it does not hear that
  /// its drain was called off: it is drained like one that was left half-done.
  private boolean neverHears(VmRecord vm, Drain drain) {
    return vm.vm().keptBy(context.now().wall()).isEmpty()
        && vm.heartbeats().last().filter(Pulse.Heartbeat::draining).isPresent()
        && vm.heartbeats().empty() >= context.limits().use().emptyHeartbeats()
        && context.past(drain.since(), context.limits().silence().condemned());
  }

  VmRecord drainBegins(VmRecord vm) {
    String reason =
        vm.drain()
            .map(drain -> "draining: " + drain.reason() + "; it takes nobody any more")
            .orElse("draining: by another console, or by a request that was called off");
    return draining(context.enter(vm, Health.DRAINING, reason));
  }

  VmRecord draining(VmRecord vm) {
    if (vm.heartbeats().notDraining() >= 2) {
      long pause = context.limits().use().drainRetry().toNanos();
      VmRecord taken =
          vm.withDrain(Optional.empty())
              .withEnding(vm.ending().later(context.now().nanos() + pause));
      return context.enter(taken, Health.HEALTHY, "kept: it takes people again");
    }
    if (vm.drain().isEmpty()) {
      if (context.past(vm.entered(), context.limits().use().drainRetry())) {
        context.ask(vm, End.DRAIN_ADOPTED, "a drain was left half-done");
      }
      return vm;
    }
    Drain drain = vm.drain().get();
    if (!drain.accepted()) {
      return unanswered(vm, drain);
    }
    if (drain.emptyAnswer() || saysDrainedAndEmpty(vm)) {
      context.ask(vm, End.DELETE_DRAINED, "destroyed: " + drain.reason());
      return vm;
    }
    return Verdicts.reworded(
        vm,
        "draining: " + drain.reason() + "; " + Amounts.people(vm.participants()) + " to move on");
  }

  private static boolean saysDrainedAndEmpty(VmRecord vm) {
    return vm.heartbeats()
        .last()
        .filter(beat -> beat.draining() && beat.participants() == 0)
        .isPresent();
  }

  /// A drain that nobody answers: sent again, and in the end the VM goes without one, if nobody
  /// uses it.
  VmRecord unanswered(VmRecord vm, Drain drain) {
    boolean deaf =
        !drain.cancelled()
            && vm.heartbeats().empty() >= context.limits().use().emptyHeartbeats()
            && context.past(drain.since(), context.limits().silence().condemned());
    if (deaf) {
      String span = Amounts.spanNanos(context.now().since(drain.since()));
      context.ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: "
              + VerdictText.inactivity(vm, context.now())
              + ", no answer to its drain for "
              + span);
    }
    return resent(vm, drain);
  }

  VmRecord resent(VmRecord vm, Drain drain) {
    if (!context.now().past(drain.sentAt(), context.limits().use().drainAnswer(), 1)) {
      return vm;
    }
    context.act(
        drain.cancelled()
            ? new Action.CancelDrain(drain.id())
            : new Action.SendDrain(drain.id(), drain.force()));
    return vm.withDrain(Optional.of(drain.sent(context.now(), drain.cancelled())));
  }
}

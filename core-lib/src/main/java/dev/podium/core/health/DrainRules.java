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
  private final Hearing hearing;

  DrainRules(Hearing hearing) {
    this.hearing = hearing;
  }

  /// A pin or a hold calls a drain off. The drain is forgotten only when the VM takes people again,
  /// and called off again until then: the message can be lost. A VM that never hears it is useless
  /// once nobody keeps it.
  VmRecord takenBack(VmRecord vm) {
    if (vm.drain().isEmpty()) {
      return vm;
    }
    Drain drain = vm.drain().get();
    if (drain.takenBack()) {
      return vm.heart().notDraining() >= 2 || neverHears(vm, drain)
          ? vm.withDrain(Optional.empty())
          : resent(vm, drain);
    }
    Optional<String> kept = vm.vm().keptBy(hearing.now().wall());
    if (kept.isEmpty()) {
      return vm;
    }
    hearing.act(new Action.CancelDrain(drain.id()));
    hearing.say(Level.INFO, "kept: " + kept.get() + ", so its drain is called off");
    return vm.withDrain(Optional.of(drain.sent(hearing.now(), true)))
        .withHeart(vm.heart().withNotDraining(0));
  }

  /// A VM that nobody uses, nobody keeps any more and nobody can join, since it does not hear that
  /// its drain was called off: it is drained like one that was left half-done.
  private boolean neverHears(VmRecord vm, Drain drain) {
    return vm.vm().keptBy(hearing.now().wall()).isEmpty()
        && vm.heart().last().filter(Pulse.Heartbeat::draining).isPresent()
        && vm.heart().empty() >= hearing.limits().use().emptyHeartbeats()
        && hearing.past(drain.since(), hearing.limits().silence().condemned());
  }

  VmRecord drainBegins(VmRecord vm) {
    String reason =
        vm.drain()
            .map(drain -> "draining: " + drain.reason() + "; it takes nobody any more")
            .orElse("draining: by another console, or by a request that was called off");
    return draining(hearing.enter(vm, Health.DRAINING, reason));
  }

  VmRecord draining(VmRecord vm) {
    if (vm.heart().notDraining() >= 2) {
      long pause = hearing.limits().use().drainRetry().toNanos();
      VmRecord taken =
          vm.withDrain(Optional.empty())
              .withEnding(vm.ending().later(hearing.now().nanos() + pause));
      return hearing.enter(taken, Health.HEALTHY, "kept: it takes people again");
    }
    if (vm.drain().isEmpty()) {
      if (hearing.past(vm.entered(), hearing.limits().use().drainRetry())) {
        hearing.ask(vm, End.DRAIN_ADOPTED, "a drain was left half-done");
      }
      return vm;
    }
    Drain drain = vm.drain().get();
    if (!drain.accepted()) {
      return unanswered(vm, drain);
    }
    if (drain.emptyAnswer() || saysDrainedAndEmpty(vm)) {
      hearing.ask(vm, End.DELETE_DRAINED, "destroyed: " + drain.reason());
      return vm;
    }
    return Verdicts.reworded(
        vm, "draining: " + drain.reason() + "; " + Words.people(vm.participants()) + " to move on");
  }

  private static boolean saysDrainedAndEmpty(VmRecord vm) {
    return vm.heart()
        .last()
        .filter(beat -> beat.draining() && beat.participants() == 0)
        .isPresent();
  }

  /// A drain that nobody answers: sent again, and in the end the VM goes without one, if nobody
  /// uses it.
  VmRecord unanswered(VmRecord vm, Drain drain) {
    boolean deaf =
        !drain.takenBack()
            && vm.heart().empty() >= hearing.limits().use().emptyHeartbeats()
            && hearing.past(drain.since(), hearing.limits().silence().condemned());
    if (deaf) {
      String span = Words.spanNanos(hearing.now().since(drain.since()));
      hearing.ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: "
              + Sentences.inactivity(vm, hearing.now())
              + ", no answer to its drain for "
              + span);
    }
    return resent(vm, drain);
  }

  VmRecord resent(VmRecord vm, Drain drain) {
    if (!hearing.now().past(drain.sentAt(), hearing.limits().use().drainAnswer(), 1)) {
      return vm;
    }
    hearing.act(
        drain.takenBack()
            ? new Action.CancelDrain(drain.id())
            : new Action.SendDrain(drain.id(), drain.force()));
    return vm.withDrain(Optional.of(drain.sent(hearing.now(), drain.takenBack())));
  }
}

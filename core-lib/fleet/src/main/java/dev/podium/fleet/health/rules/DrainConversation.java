package dev.podium.fleet.health.rules;

import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.text.DurationText;
import java.util.List;
import java.util.Optional;

/// The drain's conversation with the VM, whatever the VM's state: sent again while it is not
/// answered, and called off when somebody keeps the VM. It names no state.
final class DrainConversation {
  private final StepContext context;

  DrainConversation(StepContext context) {
    this.context = context;
  }

  /// A pin or a hold calls a drain off. The drain is forgotten only when the VM takes people again,
  /// and called off again until then: the message can be lost. A VM that never hears it is useless
  /// once nobody keeps it.
  Transition calledOff(VmRecord vm) {
    if (vm.drain().isEmpty()) {
      return Transition.stay(vm);
    }
    Drain drain = vm.drain().get();
    if (drain.cancelled()) {
      return vm.heartbeats().notDraining() >= 2 || neverHears(vm, drain)
          ? Transition.stay(vm.withDrain(Optional.empty()))
          : resent(vm, drain);
    }
    Optional<String> kept = vm.vm().keptBy(context.now().cloud());
    if (kept.isEmpty()) {
      return Transition.stay(vm);
    }
    VmRecord back =
        vm.withDrain(Optional.of(drain.sent(context.now(), true)))
            .withHeartbeats(vm.heartbeats().withNotDraining(0));
    return Transition.stay(back)
        .with(new HealthAction.CancelDrain(drain.id()))
        .telling(Level.INFO, "kept: " + kept.get() + ", so its drain is called off");
  }

  /// A VM that does not hear that its drain was called off, so that nobody can join it. Once nobody
  /// uses or keeps it any more, it is drained like one that was left half-done.
  private boolean neverHears(VmRecord vm, Drain drain) {
    return vm.vm().keptBy(context.now().cloud()).isEmpty()
        && vm.heartbeats().last().filter(Pulse.Heartbeat::draining).isPresent()
        && nobodyForLong(vm, drain);
  }

  private boolean nobodyForLong(VmRecord vm, Drain drain) {
    return vm.heartbeats().empty() >= context.limits().use().emptyHeartbeats()
        && context.past(drain.since(), context.limits().silence().condemned());
  }

  /// A drain that nobody answers: sent again, and in the end the VM goes without one, if nobody
  /// uses it.
  Transition unanswered(VmRecord vm, Drain drain) {
    return resent(vm, drain).after(drain.cancelled() ? List.of() : askIfDeaf(vm, drain));
  }

  private List<HealthAction> askIfDeaf(VmRecord vm, Drain drain) {
    if (!nobodyForLong(vm, drain)) {
      return List.of();
    }
    ClockReading now = context.now();
    return context.ask(
        vm,
        End.DELETE_DEAF,
        "destroyed: "
            + VerdictText.inactivity(vm, now)
            + ", no answer to its drain for "
            + DurationText.roundedNanos(now.since(drain.since())));
  }

  /// Sends it again, or calls it off again, if that was long enough ago.
  Transition resent(VmRecord vm, Drain drain) {
    if (!context.now().past(drain.sentAt(), context.limits().use().drainAnswer(), 1)) {
      return Transition.stay(vm);
    }
    Drain sent = drain.sent(context.now(), drain.cancelled());
    return Transition.stay(vm.withDrain(Optional.of(sent)))
        .with(
            drain.cancelled()
                ? new HealthAction.CancelDrain(drain.id())
                : new HealthAction.SendDrain(drain.id(), drain.force()));
  }
}

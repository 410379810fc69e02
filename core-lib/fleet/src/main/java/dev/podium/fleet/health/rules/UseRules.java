package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Usage;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.model.Health;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.text.DurationText;
import java.util.List;
import java.util.Optional;

/// The rows HEALTHY and IDLE of the states' table: what becomes of a VM that is heard of, by
/// whether people use it.
final class UseRules {
  private final StepContext context;
  private final DrainConversation conversation;

  UseRules(StepContext context) {
    this.context = context;
    this.conversation = new DrainConversation(context);
  }

  Transition heard(VmRecord vm) {
    if (vm.heartbeats().last().isEmpty()) {
      return Transition.stay(vm);
    }
    Pulse.Heartbeat beat = vm.heartbeats().last().get();
    if (vm.drain().filter(Drain::accepted).isPresent()
        || (beat.draining() && vm.drain().isEmpty())) {
      return Transition.through(vm, Health.DRAINING, VerdictText.drainBegins(vm));
    }
    if (vm.heartbeats().failing()
        && context.past(vm.heartbeats().failingSince(), context.limits().silence().broken())) {
      return Transition.to(vm, Health.BROKEN, "broken: " + VerdictText.failingChecks(vm));
    }
    if (vm.heartbeats().empty() >= context.limits().use().emptyHeartbeats()) {
      return idle(vm, beat);
    }
    if (!context.usage().nobody(beat)) {
      return inUse(vm).to(Health.HEALTHY, VerdictText.inUse(beat));
    }
    return vm.health() == Health.IDLE
        ? Transition.stay(vm)
        : Transition.to(vm, Health.HEALTHY, "kept: nobody on it, but not for long");
  }

  private Transition inUse(VmRecord vm) {
    if (vm.drain().isEmpty()) {
      return Transition.stay(vm);
    }
    Drain drain = vm.drain().get();
    return yields(drain) ? calledOff(vm, drain) : conversation.resent(vm, drain);
  }

  private Transition idle(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = "idle: " + nobody(beat) + DurationText.coarse(beat.idleSeconds());
    return vm.health() == Health.IDLE
        ? idleOn(Verdicts.refreshed(vm, reason), beat)
        : Transition.to(vm, Health.IDLE, reason);
  }

  private static String nobody(Pulse.Heartbeat beat) {
    return beat.participants() == 0 ? "nobody for " : "nobody active for ";
  }

  /// Whether a drain gives way to whoever uses the VM before it is answered.
  private static boolean yields(Drain drain) {
    return !drain.force() && !drain.cancelled();
  }

  private static Transition calledOff(VmRecord vm, Drain drain) {
    return Transition.stay(vm.withDrain(Optional.empty()))
        .with(new HealthAction.CancelDrain(drain.id()));
  }

  private Transition idleOn(VmRecord vm, Pulse.Heartbeat beat) {
    if (vm.drain().isPresent()) {
      Drain drain = vm.drain().get();
      // Whoever came and went while it was not answered may not have been seen.
      return yields(drain) && Usage.usedSince(vm, drain.since())
          ? calledOff(vm, drain)
          : conversation.unanswered(vm, drain);
    }
    long idle = beat.idleSeconds();
    HealthLimits.Use limits = context.limits().use();
    if (vm.vm().outdated()) {
      String reason = "replaced: it was made by a release whose VMs sign nothing";
      return Transition.stay(vm).with(context.ask(vm, End.DRAIN_IDLE, reason));
    }
    boolean due =
        idle >= limits.idle().toSeconds() * context.factor()
            && (idle >= limits.minimumAge().toSeconds()
                || context.past(vm.baseline(), limits.minimumAge()));
    List<HealthAction> asked =
        due
            ? context.ask(vm, End.DRAIN_IDLE, nobody(beat) + DurationText.roundedSeconds(idle))
            : List.of();
    return Transition.stay(vm).with(asked);
  }
}

package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Drain;
import dev.podium.core.model.Health;
import java.util.Optional;

/// The rows HEALTHY and IDLE of the states' table: what becomes of a VM that is heard of, by
/// whether people use it.
final class UseRules {
  private final StepContext context;
  private final DrainRules drains;

  UseRules(StepContext context, DrainRules drains) {
    this.context = context;
    this.drains = drains;
  }

  /// A VM that is heard of: which of HEALTHY, IDLE, BROKEN, DRAINING it is.
  VmRecord alive(VmRecord vm) {
    if (vm.heartbeats().last().isEmpty()) {
      return vm;
    }
    Pulse.Heartbeat beat = vm.heartbeats().last().get();
    if (vm.drain().filter(Drain::accepted).isPresent()
        || (beat.draining() && vm.drain().isEmpty())) {
      return drains.drainBegins(vm);
    }
    if (vm.heartbeats().failing()
        && context.past(vm.heartbeats().failingSince(), context.limits().silence().broken())) {
      return context.enter(vm, Health.BROKEN, "broken: " + VerdictText.failingChecks(vm));
    }
    if (vm.heartbeats().empty() >= context.limits().use().emptyHeartbeats()) {
      return idle(vm, beat);
    }
    if (!context.updates().nobody(beat)) {
      return inUse(vm, beat);
    }
    return vm.health() == Health.IDLE
        ? vm
        : context.enter(vm, Health.HEALTHY, "kept: nobody on it, but not for long");
  }

  private VmRecord inUse(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = VerdictText.inUse(beat);
    VmRecord free = vm;
    if (vm.drain().filter(UseRules::yields).isPresent()) {
      free = calledOff(vm);
    } else if (vm.drain().isPresent()) {
      free = drains.resent(vm, vm.drain().get());
    }
    return free.health() == Health.HEALTHY
        ? Verdicts.reworded(free, reason)
        : context.enter(free, Health.HEALTHY, reason);
  }

  private VmRecord idle(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = "idle: " + nobody(beat) + Amounts.coarse(beat.idleSeconds());
    if (vm.health() != Health.IDLE) {
      return context.enter(vm, Health.IDLE, reason);
    }
    return idleOn(Verdicts.refreshed(vm, reason), beat);
  }

  private static String nobody(Pulse.Heartbeat beat) {
    return beat.participants() == 0 ? "nobody for " : "nobody active for ";
  }

  /// Whether a drain gives way to whoever uses the VM before it is answered.
  private static boolean yields(Drain drain) {
    return !drain.force() && !drain.cancelled();
  }

  private VmRecord calledOff(VmRecord vm) {
    context.act(new Action.CancelDrain(vm.drain().orElseThrow().id()));
    return vm.withDrain(Optional.empty());
  }

  private VmRecord idleOn(VmRecord vm, Pulse.Heartbeat beat) {
    if (vm.drain().isPresent()) {
      Drain drain = vm.drain().get();
      // Whoever came and went while it was not answered may not have been seen.
      return yields(drain) && context.updates().usedSince(vm, drain.since())
          ? calledOff(vm)
          : drains.unanswered(vm, drain);
    }
    long idle = beat.idleSeconds();
    boolean due =
        idle >= context.limits().use().idle().toSeconds() * context.factor()
            && (idle >= context.limits().use().minimumAge().toSeconds()
                || context.past(vm.baseline(), context.limits().use().minimumAge()));
    if (due) {
      context.ask(vm, End.DRAIN_IDLE, nobody(beat) + Amounts.seconds(idle));
    }
    return vm;
  }
}

package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Drain;
import dev.podium.core.model.Health;
import java.util.Optional;

/// The rows HEALTHY and IDLE of the states' table: what becomes of a VM that is heard of, by
/// whether people use it.
final class UseRules {
  private final Hearing hearing;
  private final DrainRules drains;

  UseRules(Hearing hearing, DrainRules drains) {
    this.hearing = hearing;
    this.drains = drains;
  }

  /// A VM that is heard of: which of HEALTHY, IDLE, BROKEN, DRAINING it is.
  VmRecord alive(VmRecord vm) {
    if (vm.heart().last().isEmpty()) {
      return vm;
    }
    Pulse.Heartbeat beat = vm.heart().last().get();
    if (vm.drain().filter(Drain::accepted).isPresent()
        || (beat.draining() && vm.drain().isEmpty())) {
      return drains.drainBegins(vm);
    }
    if (vm.heart().failing()
        && hearing.past(vm.heart().failingSince(), hearing.limits().silence().broken())) {
      return hearing.enter(vm, Health.BROKEN, "broken: " + Sentences.failingChecks(vm));
    }
    if (vm.heart().empty() >= hearing.limits().use().emptyHeartbeats()) {
      return idle(vm, beat);
    }
    if (!hearing.facts().nobody(beat)) {
      return inUse(vm, beat);
    }
    return vm.health() == Health.IDLE
        ? vm
        : hearing.enter(vm, Health.HEALTHY, "kept: nobody on it, but not for long");
  }

  private VmRecord inUse(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = Sentences.inUse(beat);
    VmRecord free = vm;
    if (vm.drain().filter(UseRules::yields).isPresent()) {
      free = calledOff(vm);
    } else if (vm.drain().isPresent()) {
      free = drains.resent(vm, vm.drain().get());
    }
    return free.health() == Health.HEALTHY
        ? Verdicts.reworded(free, reason)
        : hearing.enter(free, Health.HEALTHY, reason);
  }

  private VmRecord idle(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = "idle: " + nobody(beat) + Words.coarse(beat.idleSeconds());
    if (vm.health() != Health.IDLE) {
      return hearing.enter(vm, Health.IDLE, reason);
    }
    return idleOn(Verdicts.refreshed(vm, reason), beat);
  }

  private static String nobody(Pulse.Heartbeat beat) {
    return beat.participants() == 0 ? "nobody for " : "nobody active for ";
  }

  /// Whether a drain gives way to whoever uses the VM before it is answered.
  private static boolean yields(Drain drain) {
    return !drain.force() && !drain.takenBack();
  }

  private VmRecord calledOff(VmRecord vm) {
    hearing.act(new Action.CancelDrain(vm.drain().orElseThrow().id()));
    return vm.withDrain(Optional.empty());
  }

  private VmRecord idleOn(VmRecord vm, Pulse.Heartbeat beat) {
    if (vm.drain().isPresent()) {
      Drain drain = vm.drain().get();
      // Whoever came and went while it was not answered may not have been seen.
      return yields(drain) && hearing.facts().usedSince(vm, drain.since())
          ? calledOff(vm)
          : drains.unanswered(vm, drain);
    }
    long idle = beat.idleSeconds();
    boolean due =
        idle >= hearing.limits().use().idle().toSeconds() * hearing.factor()
            && (idle >= hearing.limits().use().minimumAge().toSeconds()
                || hearing.past(vm.baseline(), hearing.limits().use().minimumAge()));
    if (due) {
      hearing.ask(vm, End.DRAIN_IDLE, nobody(beat) + Words.seconds(idle));
    }
    return vm;
  }
}

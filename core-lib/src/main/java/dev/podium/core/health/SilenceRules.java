package dev.podium.core.health;

import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Ending;
import dev.podium.core.model.Health;
import dev.podium.core.model.VmState;
import java.time.Duration;

/// The rows SUSPECT, UNREACHABLE and CONDEMNED of the states' table: a VM whose heartbeats stay
/// away, ever longer, until it is given up or signs of life come back.
///
/// Where the table leaves a choice: a VM whose heartbeats are gone but which answers its probe
/// stays SUSPECT and gets no worse, since going back to HEALTHY at each probe would only flicker.
final class SilenceRules {
  private final Hearing hearing;
  private final UseRules use;

  SilenceRules(Hearing hearing, UseRules use) {
    this.hearing = hearing;
    this.use = use;
  }

  VmRecord suspect(VmRecord vm) {
    String reason = "suspect: " + Sentences.noHeartbeat(vm, hearing.now());
    return hearing.enter(vm, Health.SUSPECT, reason).withSigns(0);
  }

  VmRecord suspected(VmRecord vm) {
    if (!hearing.silent(vm)) {
      return vm.everReady() || hearing.atWork(vm)
          ? use.alive(vm.withReady(true))
          : hearing.enter(vm, Health.STARTING, "starting: it gave a sign of life");
    }
    if (hearing.past(vm.lastSign(), hearing.limits().silence().unreachable())
        && vm.answers().failed() >= hearing.limits().silence().failedProbes()) {
      String reason =
          "unreachable: " + Sentences.noHeartbeat(vm, hearing.now()) + ", " + Sentences.probes(vm);
      return hearing.enter(vm, Health.UNREACHABLE, reason).withSigns(0);
    }
    if (hearing
        .facts()
        .probeSaysNobodyFor(vm, hearing.limits().use().idle().multipliedBy(hearing.factor()))) {
      hearing.ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: "
              + Sentences.inactivity(vm, hearing.now())
              + ", "
              + Sentences.noHeartbeat(vm, hearing.now()));
    }
    if (vm.signs() > 0) {
      return Verdicts.refreshed(
          vm, "suspect: it answers its probe, but its heartbeat does not arrive");
    }
    return vm.answers().failed() > 0
        ? Verdicts.reworded(vm, "suspect: no heartbeat, and no answer to its probe")
        : vm;
  }

  VmRecord unreachable(VmRecord vm) {
    if (vm.signs() >= hearing.limits().silence().signsToReturn()) {
      return back(vm);
    }
    boolean gone = hearing.past(vm.lastSign(), hearing.limits().silence().condemned());
    if (!gone || vm.vm().state() != VmState.RUNNING) {
      return vm;
    }
    String reason =
        "condemned: "
            + Sentences.disuse(vm, hearing.now())
            + ", "
            + Sentences.silence(vm, hearing.now());
    warnIfInUse(vm);
    return hearing.enter(vm, Health.CONDEMNED, reason);
  }

  VmRecord condemned(VmRecord vm) {
    if (vm.signs() >= hearing.limits().silence().signsToReturn()) {
      return back(vm);
    }
    boolean used = hearing.facts().lastKnownInUse(vm) && !vm.ending().givenUp();
    Duration grace = used ? hearing.limits().use().condemnedInUse() : Duration.ZERO;
    // One sign of life does not bring it back, but it does begin the silence anew.
    boolean silent =
        hearing.past(vm.lastSign(), hearing.limits().silence().condemned().plus(grace))
            && hearing.past(vm.entered(), grace);
    if (vm.signs() == 0 && silent && vm.vm().state() == VmState.RUNNING) {
      String boot =
          vm.everReady() || !vm.witnessed()
              ? Sentences.disuse(vm, hearing.now()) + ", " + Sentences.silence(vm, hearing.now())
              : "it never became ready, " + Sentences.silence(vm, hearing.now());
      hearing.ask(vm, End.DELETE_DEAD, "destroyed: " + boot);
    }
    return vm;
  }

  /// Signs of life came back.
  private VmRecord back(VmRecord vm) {
    VmRecord free = vm.withEnding(Ending.NONE);
    if (!vm.everReady()) {
      return hearing.enter(
          hearing.facts().rebased(free, hearing.now()),
          Health.STARTING,
          "starting: it gave a sign of life");
    }
    return hearing.silent(free) ? suspect(free) : use.alive(free);
  }

  void warnIfInUse(VmRecord vm) {
    if (hearing.facts().lastKnownInUse(vm) && !vm.ending().givenUp()) {
      hearing.say(
          Level.WARNING,
          Sentences.lastUse(vm)
              + "; it is kept for "
              + Words.span(hearing.limits().use().condemnedInUse())
              + " unless you destroy it");
    }
  }
}

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
  private final StepContext context;
  private final UseRules use;

  SilenceRules(StepContext context, UseRules use) {
    this.context = context;
    this.use = use;
  }

  VmRecord suspect(VmRecord vm) {
    String reason = "suspect: " + VerdictText.noHeartbeat(vm, context.now());
    return context.enter(vm, Health.SUSPECT, reason).withSigns(0);
  }

  VmRecord suspected(VmRecord vm) {
    if (!context.silent(vm)) {
      return vm.everReady() || context.atWork(vm)
          ? use.alive(vm.withReady(true))
          : context.enter(vm, Health.STARTING, "starting: it gave a sign of life");
    }
    if (context.past(vm.lastSign(), context.limits().silence().unreachable())
        && vm.probes().failed() >= context.limits().silence().failedProbes()) {
      String reason =
          "unreachable: "
              + VerdictText.noHeartbeat(vm, context.now())
              + ", "
              + VerdictText.probes(vm);
      return context.enter(vm, Health.UNREACHABLE, reason).withSigns(0);
    }
    if (context
        .updates()
        .probeSaysNobodyFor(vm, context.limits().use().idle().multipliedBy(context.factor()))) {
      context.ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: "
              + VerdictText.inactivity(vm, context.now())
              + ", "
              + VerdictText.noHeartbeat(vm, context.now()));
    }
    if (vm.signs() > 0) {
      return Verdicts.refreshed(
          vm, "suspect: it answers its probe, but its heartbeat does not arrive");
    }
    return vm.probes().failed() > 0
        ? Verdicts.reworded(vm, "suspect: no heartbeat, and no answer to its probe")
        : vm;
  }

  VmRecord unreachable(VmRecord vm) {
    if (vm.signs() >= context.limits().silence().signsToReturn()) {
      return back(vm);
    }
    boolean gone = context.past(vm.lastSign(), context.limits().silence().condemned());
    if (!gone || vm.vm().state() != VmState.RUNNING) {
      return vm;
    }
    String reason =
        "condemned: "
            + VerdictText.disuse(vm, context.now())
            + ", "
            + VerdictText.silence(vm, context.now());
    warnIfInUse(vm);
    return context.enter(vm, Health.CONDEMNED, reason);
  }

  VmRecord condemned(VmRecord vm) {
    if (vm.signs() >= context.limits().silence().signsToReturn()) {
      return back(vm);
    }
    boolean used = context.updates().lastKnownInUse(vm) && !vm.ending().givenUp();
    Duration grace = used ? context.limits().use().condemnedInUse() : Duration.ZERO;
    // One sign of life does not bring it back, but it does begin the silence anew.
    boolean silent =
        context.past(vm.lastSign(), context.limits().silence().condemned().plus(grace))
            && context.past(vm.entered(), grace);
    if (vm.signs() == 0 && silent && vm.vm().state() == VmState.RUNNING) {
      String boot =
          vm.everReady() || !vm.witnessed()
              ? VerdictText.disuse(vm, context.now())
                  + ", "
                  + VerdictText.silence(vm, context.now())
              : "it never became ready, " + VerdictText.silence(vm, context.now());
      context.ask(vm, End.DELETE_DEAD, "destroyed: " + boot);
    }
    return vm;
  }

  /// Signs of life came back.
  private VmRecord back(VmRecord vm) {
    VmRecord free = vm.withEnding(Ending.NONE);
    if (!vm.everReady()) {
      return context.enter(
          context.updates().rebased(free, context.now()),
          Health.STARTING,
          "starting: it gave a sign of life");
    }
    return context.silent(free) ? suspect(free) : use.alive(free);
  }

  void warnIfInUse(VmRecord vm) {
    if (context.updates().lastKnownInUse(vm) && !vm.ending().givenUp()) {
      context.say(
          Level.WARNING,
          VerdictText.lastUse(vm)
              + "; it is kept for "
              + Amounts.span(context.limits().use().condemnedInUse())
              + " unless you destroy it");
    }
  }
}

package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Ending;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.List;

/// The rows SUSPECT, UNREACHABLE and CONDEMNED of the states' table. A VM's heartbeats stay away,
/// ever longer, until it is given up or signs of life come back.
///
/// Where the table leaves a choice: a VM that answers its probe without heartbeats stays SUSPECT
/// and gets no worse. Going back to HEALTHY at each probe would only flicker.
final class SilenceRules {
  private final StepContext context;
  private final HealthLimits.Silence limits;

  SilenceRules(StepContext context) {
    this.context = context;
    this.limits = context.limits().silence();
  }

  Transition suspect(VmRecord vm) {
    ClockReading now = context.now();
    if (!context.silent(vm)) {
      return vm.everReady() || context.atWork(vm)
          ? Transition.through(vm.withReady(true), Health.HEALTHY, VerdictText.HEARD)
          : Transition.to(vm, Health.STARTING, "starting: it gave a sign of life");
    }
    if (context.past(vm.lastSign(), limits.unreachable())
        && vm.probes().failed() >= limits.failedProbes()) {
      String reason =
          "unreachable: " + VerdictText.noHeartbeat(vm, now) + ", " + VerdictText.probes(vm);
      return Transition.to(vm, Health.UNREACHABLE, reason);
    }
    return Transition.stay(suspectBecause(vm)).with(askIfNobodyUses(vm));
  }

  /// A VM that cannot be asked to drain, and whose probe says that nobody uses it.
  private List<HealthAction> askIfNobodyUses(VmRecord vm) {
    Duration idle = context.limits().use().idle().multipliedBy(context.factor());
    ClockReading now = context.now();
    return context.usage().probeSaysNobodyFor(vm, idle)
        ? context.ask(
            vm,
            End.DELETE_DEAF,
            "destroyed: "
                + VerdictText.inactivity(vm, now)
                + ", "
                + VerdictText.noHeartbeat(vm, now))
        : List.of();
  }

  private static VmRecord suspectBecause(VmRecord vm) {
    if (vm.signs() > 0) {
      return Verdicts.refreshed(
          vm,
          VerdictText.accessProblem(vm)
              .map(why -> "suspect: its heartbeat does not arrive, for " + why)
              .orElse("suspect: it answers its probe, but its heartbeat does not arrive"));
    }
    return vm.probes().failed() > 0
        ? Verdicts.reworded(vm, "suspect: no heartbeat, and no answer to its probe")
        : vm;
  }

  Transition unreachable(VmRecord vm) {
    if (vm.signs() >= limits.signsToReturn()) {
      return back(vm);
    }
    boolean gone = context.past(vm.lastSign(), limits.condemned());
    if (!gone || vm.vm().state() != VmState.RUNNING) {
      return Transition.stay(vm);
    }
    ClockReading now = context.now();
    return Transition.to(
        vm,
        Health.CONDEMNED,
        "condemned: " + VerdictText.disuse(vm, now) + ", " + VerdictText.silence(vm, now));
  }

  Transition condemned(VmRecord vm) {
    if (vm.signs() >= limits.signsToReturn()) {
      return back(vm);
    }
    boolean used = context.usage().lastKnownInUse(vm) && !vm.ending().givenUp();
    Duration grace = used ? context.limits().use().condemnedInUse() : Duration.ZERO;
    // One sign of life does not bring it back, but it does begin the silence anew.
    boolean silent =
        context.past(vm.lastSign(), limits.condemned().plus(grace))
            && context.past(vm.entered(), grace);
    if (vm.signs() != 0 || !silent || vm.vm().state() != VmState.RUNNING) {
      return Transition.stay(vm);
    }
    ClockReading now = context.now();
    String use =
        vm.everReady() || !vm.witnessed() ? VerdictText.disuse(vm, now) : "it never became ready";
    return Transition.stay(vm)
        .with(
            context.ask(
                vm, End.DELETE_DEAD, "destroyed: " + use + ", " + VerdictText.silence(vm, now)));
  }

  /// Signs of life came back.
  private Transition back(VmRecord vm) {
    VmRecord free = vm.withEnding(Ending.NONE);
    if (!vm.everReady()) {
      return Transition.to(
          RecordUpdates.rebased(free, context.now()),
          Health.STARTING,
          "starting: it gave a sign of life");
    }
    return context.silent(free)
        ? Transition.to(free, Health.SUSPECT, VerdictText.suspect(free, context.now()))
        : Transition.through(free, Health.HEALTHY, VerdictText.HEARD);
  }
}

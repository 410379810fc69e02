package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import dev.podium.wire.text.DurationText;

/// The rows STARTING and UNKNOWN of the states' table. Too little is known of the VM yet, because
/// it is new or because the console doubts what it knew.
///
/// Where the table leaves a choice: a new VM may send heartbeats and never answer a probe. It is
/// BROKEN after the boot's limit, if it was asked often enough. People who are on it know better
/// than the console.
final class StartRules {
  private final StepContext context;

  StartRules(StepContext context) {
    this.context = context;
  }

  Transition starting(VmRecord vm) {
    boolean beats = vm.heartbeats().last().isPresent() && heardSinceBaseline(vm);
    boolean heard = beats && vm.heartbeats().last().get().ready();
    if (beats && context.atWork(vm)) {
      return Transition.through(vm.withReady(true), Health.HEALTHY, VerdictText.HEARD);
    }
    if (vm.shutOut()) {
      return shutOut(vm);
    }
    if (!context.past(vm.baseline(), context.limits().silence().boot())) {
      return Transition.stay(
          vm.heartbeats().last().isPresent() ? Verdicts.reworded(vm, waits(heard)) : vm);
    }
    String span = DurationText.roundedNanos(context.now().since(vm.baseline()));
    if (heard) {
      return unanswered(vm, span);
    }
    if (beats && !context.silent(vm)) {
      return Transition.to(vm, Health.BROKEN, VerdictText.NEVER_CAUGHT_UP);
    }
    if (vm.probes().good()) {
      return Transition.to(vm, Health.SUSPECT, VerdictText.suspect(vm, context.now()));
    }
    return Transition.to(
        vm,
        Health.CONDEMNED,
        vm.witnessed()
            ? "condemned: it never became ready in " + span
            : "condemned: never heard of in "
                + span
                + ", "
                + VerdictText.disuse(vm, context.now()));
  }

  /// A right that was just granted takes some minutes to hold, so it is only starting for a while.
  private Transition shutOut(VmRecord vm) {
    String why = VerdictText.accessProblem(vm).orElse("");
    return context.past(vm.baseline(), context.limits().silence().broken())
        ? Transition.to(vm, Health.BROKEN, "broken: " + why)
        : Transition.stay(Verdicts.reworded(vm, "starting: " + why));
  }

  private static String waits(boolean heard) {
    return heard
        ? "starting: its page does not answer yet"
        : "starting: it catches up with what was said before";
  }

  private Transition unanswered(VmRecord vm, String span) {
    // One that was not asked often enough: this console may not have known where to ask.
    return vm.probes().failed() < context.limits().silence().failedProbes()
        ? Transition.stay(vm)
        : Transition.to(
            vm,
            Health.BROKEN,
            "broken: heartbeats arrive, but its page has not answered for "
                + span
                + "; does a firewall close its port?");
  }

  Transition unknown(VmRecord vm) {
    if (vm.heartbeats().last().isPresent() && heardSinceBaseline(vm)) {
      return vm.heartbeats().last().get().ready()
          ? Transition.through(vm.withReady(true), Health.HEALTHY, VerdictText.HEARD)
          : Transition.to(vm, Health.STARTING, waits(false));
    }
    if (context.factor() > 1
        || !context.now().past(vm.baseline(), context.limits().silence().suspect(), 1)) {
      return Transition.stay(vm);
    }
    return vm.everReady()
        ? Transition.to(vm, Health.SUSPECT, VerdictText.suspect(vm, context.now()))
        : Transition.to(vm, Health.STARTING, "starting: no sign of life yet");
  }

  private static boolean heardSinceBaseline(VmRecord vm) {
    return vm.heartbeats().at() - vm.baseline() > 0;
  }
}

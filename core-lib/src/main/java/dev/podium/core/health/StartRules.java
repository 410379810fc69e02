package dev.podium.core.health;

import dev.podium.core.model.Health;

/// The rows STARTING and UNKNOWN of the states' table: a VM of which too little is known yet,
/// because it is new or because the console doubts what it knew.
///
/// Where the table leaves a choice: a new VM that sends heartbeats but never answers a probe is
/// BROKEN after the boot's limit, if it was asked often enough, unless people are on it, who then
/// know better than the console.
final class StartRules {
  private final StepContext context;
  private final UseRules use;
  private final SilenceRules silence;

  StartRules(StepContext context, UseRules use, SilenceRules silence) {
    this.context = context;
    this.use = use;
    this.silence = silence;
  }

  VmRecord starting(VmRecord vm) {
    boolean beats = vm.heartbeats().last().isPresent() && heardSinceBaseline(vm);
    boolean heard = beats && vm.heartbeats().last().get().ready();
    if (beats && context.atWork(vm)) {
      return use.alive(vm.withReady(true));
    }
    if (!context.past(vm.baseline(), context.limits().silence().boot())) {
      String waits =
          heard
              ? "starting: its page does not answer yet"
              : "starting: it catches up with what was said before";
      return vm.heartbeats().last().isPresent() ? Verdicts.reworded(vm, waits) : vm;
    }
    String span = Amounts.spanNanos(context.now().since(vm.baseline()));
    if (heard && vm.probes().failed() < context.limits().silence().failedProbes()) {
      // It was not asked often enough yet: this console may not have known where to ask.
      return vm;
    }
    if (heard) {
      return context.enter(
          vm,
          Health.BROKEN,
          "broken: heartbeats arrive, but its page has not answered for "
              + span
              + "; does a firewall close its port?");
    }
    if (beats && !context.silent(vm)) {
      return context.enter(vm, Health.BROKEN, BrokenRules.NEVER_CAUGHT_UP);
    }
    if (vm.probes().good()) {
      return silence.suspect(vm);
    }
    silence.warnIfInUse(vm);
    return context.enter(
        vm,
        Health.CONDEMNED,
        vm.witnessed()
            ? "condemned: it never became ready in " + span
            : "condemned: never heard of in "
                + span
                + ", "
                + VerdictText.disuse(vm, context.now()));
  }

  VmRecord unknown(VmRecord vm) {
    if (vm.heartbeats().last().isPresent() && heardSinceBaseline(vm)) {
      return vm.heartbeats().last().get().ready()
          ? use.alive(vm.withReady(true))
          : context.enter(vm, Health.STARTING, "starting: it catches up with what was said before");
    }
    if (context.factor() > 1
        || !context.now().past(vm.baseline(), context.limits().silence().suspect(), 1)) {
      return vm;
    }
    return vm.everReady()
        ? silence.suspect(vm)
        : context.enter(vm, Health.STARTING, "starting: no sign of life yet");
  }

  private static boolean heardSinceBaseline(VmRecord vm) {
    return vm.heartbeats().at() - vm.baseline() > 0;
  }
}

package dev.podium.core.health;

import dev.podium.core.model.Health;

/// The rows STARTING and UNKNOWN of the states' table: a VM of which too little is known yet,
/// because it is new or because the console doubts what it knew.
///
/// Where the table leaves a choice: a new VM that sends heartbeats but never answers a probe is
/// BROKEN after the boot's limit, if it was asked often enough, unless people are on it, who then
/// know better than the console.
final class StartRules {
  private final Hearing hearing;
  private final UseRules use;
  private final SilenceRules silence;

  StartRules(Hearing hearing, UseRules use, SilenceRules silence) {
    this.hearing = hearing;
    this.use = use;
    this.silence = silence;
  }

  VmRecord starting(VmRecord vm) {
    boolean beats = vm.heart().last().isPresent() && heardSinceBaseline(vm);
    boolean heard = beats && vm.heart().last().get().ready();
    if (beats && hearing.atWork(vm)) {
      return use.alive(vm.withReady(true));
    }
    if (!hearing.past(vm.baseline(), hearing.limits().silence().boot())) {
      String waits =
          heard
              ? "starting: its page does not answer yet"
              : "starting: it catches up with what was said before";
      return vm.heart().last().isPresent() ? Verdicts.reworded(vm, waits) : vm;
    }
    String span = Words.spanNanos(hearing.now().since(vm.baseline()));
    if (heard && vm.answers().failed() < hearing.limits().silence().failedProbes()) {
      // It was not asked often enough yet: this console may not have known where to ask.
      return vm;
    }
    if (heard) {
      return hearing.enter(
          vm,
          Health.BROKEN,
          "broken: heartbeats arrive, but its page has not answered for "
              + span
              + "; does a firewall close its port?");
    }
    if (beats && !hearing.silent(vm)) {
      return hearing.enter(vm, Health.BROKEN, BrokenRules.NEVER_CAUGHT_UP);
    }
    if (vm.answers().good()) {
      return silence.suspect(vm);
    }
    silence.warnIfInUse(vm);
    return hearing.enter(
        vm,
        Health.CONDEMNED,
        vm.witnessed()
            ? "condemned: it never became ready in " + span
            : "condemned: never heard of in " + span + ", " + Sentences.disuse(vm, hearing.now()));
  }

  VmRecord unknown(VmRecord vm) {
    if (vm.heart().last().isPresent() && heardSinceBaseline(vm)) {
      return vm.heart().last().get().ready()
          ? use.alive(vm.withReady(true))
          : hearing.enter(vm, Health.STARTING, "starting: it catches up with what was said before");
    }
    if (hearing.factor() > 1
        || !hearing.now().past(vm.baseline(), hearing.limits().silence().suspect(), 1)) {
      return vm;
    }
    return vm.everReady()
        ? silence.suspect(vm)
        : hearing.enter(vm, Health.STARTING, "starting: no sign of life yet");
  }

  private static boolean heardSinceBaseline(VmRecord vm) {
    return vm.heart().at() - vm.baseline() > 0;
  }
}

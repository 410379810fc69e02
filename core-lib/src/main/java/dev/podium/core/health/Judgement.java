package dev.podium.core.health;

import dev.podium.core.model.Health;
import dev.podium.core.model.VmState;
import java.time.Duration;

/// One judgement of one VM's record: which state it is in now, and what that asks for. Lives for
/// one step.
///
/// Here a record only finds the rules of its state; each row of the states' table is held by one of
/// [StartRules], [UseRules], [SilenceRules], [BrokenRules], [DrainRules] and [StoppedRules].
final class Judgement {
  /// After so many of its timeouts a probe is given up.
  private static final int LOST = 4;

  private final Hearing hearing;
  private final StoppedRules stops;
  private final DrainRules drains;
  private final UseRules use;
  private final SilenceRules silence;
  private final StartRules starts;
  private final BrokenRules breaks;

  Judgement(Hearing hearing) {
    this.hearing = hearing;
    stops = new StoppedRules(hearing);
    drains = new DrainRules(hearing);
    use = new UseRules(hearing, drains);
    silence = new SilenceRules(hearing, use);
    starts = new StartRules(hearing, use, silence);
    breaks = new BrokenRules(hearing, drains, use, silence);
  }

  HealthRules.Step of(VmRecord vm) {
    VmRecord judged = judge(vm);
    if (wantsProbe(judged)) {
      hearing.act(new Action.SendProbe());
      judged = hearing.facts().probeSent(judged, hearing.now());
    }
    return new HealthRules.Step(judged, hearing.actions());
  }

  private VmRecord judge(VmRecord vm) {
    if (vm.health() == Health.DELETING) {
      return stops.deleting(vm);
    }
    if (StoppedRules.off(vm.vm().state())) {
      return stops.stopped(vm);
    }
    return running(drains.takenBack(vm));
  }

  private VmRecord running(VmRecord vm) {
    return switch (vm.health()) {
      case STARTING -> starts.starting(vm);
      case HEALTHY, IDLE -> hearing.silent(vm) ? silence.suspect(vm) : use.alive(vm);
      case SUSPECT -> silence.suspected(vm);
      case UNREACHABLE -> silence.unreachable(vm);
      case BROKEN -> breaks.broken(vm);
      case DRAINING -> hearing.silent(vm) ? silence.suspect(vm) : drains.draining(vm);
      case CONDEMNED -> silence.condemned(vm);
      case TERMINATED -> stops.restarted(vm);
      case UNKNOWN -> starts.unknown(vm);
      case DELETING -> vm;
    };
  }

  /// Probes are for VMs that are new, late or in doubt; a healthy fleet is not probed at all.
  private boolean wantsProbe(VmRecord vm) {
    // An answer that never comes, whatever became of it, must not end the asking.
    Duration timeout = hearing.limits().watching().probeTimeout();
    boolean waits =
        vm.answers().inFlight() && !hearing.now().past(vm.answers().askedAt(), timeout, LOST);
    if (waits || vm.vm().state() != VmState.RUNNING || vm.vm().address().isEmpty()) {
      return false;
    }
    boolean wanted =
        switch (vm.health()) {
          case STARTING, SUSPECT, UNREACHABLE, CONDEMNED -> true;
          case UNKNOWN, HEALTHY, IDLE, DRAINING ->
              hearing.now().past(vm.lastBeat(), hearing.limits().silence().late(), 1);
          case BROKEN -> !vm.everReady();
          case DELETING, TERMINATED -> false;
        };
    return wanted
        && (!vm.answers().asked()
            || hearing.now().past(vm.answers().askedAt(), hearing.limits().watching().probe(), 1));
  }
}

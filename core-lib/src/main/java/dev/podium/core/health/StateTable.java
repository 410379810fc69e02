package dev.podium.core.health;

import dev.podium.core.model.Health;
import dev.podium.core.model.VmState;
import java.time.Duration;

/// One judgement of one VM's record: which state it is in now, and what that asks for. Lives for
/// one step.
///
/// Here a record only finds the rules of its state; each row of the states' table is held by one of
/// [StartRules], [UseRules], [SilenceRules], [BrokenRules], [DrainRules] and [StoppedRules].
final class StateTable {
  /// After so many of its timeouts a probe is given up.
  private static final int LOST = 4;

  private final StepContext context;
  private final StoppedRules stops;
  private final DrainRules drains;
  private final UseRules use;
  private final SilenceRules silence;
  private final StartRules starts;
  private final BrokenRules breaks;

  StateTable(StepContext context) {
    this.context = context;
    stops = new StoppedRules(context);
    drains = new DrainRules(context);
    use = new UseRules(context, drains);
    silence = new SilenceRules(context, use);
    starts = new StartRules(context, use, silence);
    breaks = new BrokenRules(context, drains, use, silence);
  }

  HealthRules.Step of(VmRecord vm) {
    VmRecord judged = judge(vm);
    if (wantsProbe(judged)) {
      context.act(new Action.SendProbe());
      judged = context.updates().probeSent(judged, context.now());
    }
    return new HealthRules.Step(judged, context.actions());
  }

  private VmRecord judge(VmRecord vm) {
    if (vm.health() == Health.DELETING) {
      return stops.deleting(vm);
    }
    if (StoppedRules.off(vm.vm().state())) {
      return stops.stopped(vm);
    }
    return running(drains.cancelled(vm));
  }

  private VmRecord running(VmRecord vm) {
    return switch (vm.health()) {
      case STARTING -> starts.starting(vm);
      case HEALTHY, IDLE -> context.silent(vm) ? silence.suspect(vm) : use.alive(vm);
      case SUSPECT -> silence.suspected(vm);
      case UNREACHABLE -> silence.unreachable(vm);
      case BROKEN -> breaks.broken(vm);
      case DRAINING -> context.silent(vm) ? silence.suspect(vm) : drains.draining(vm);
      case CONDEMNED -> silence.condemned(vm);
      case TERMINATED -> stops.restarted(vm);
      case UNKNOWN -> starts.unknown(vm);
      case DELETING -> vm;
    };
  }

  /// Probes are for VMs that are new, late or in doubt; a healthy fleet is not probed at all.
  private boolean wantsProbe(VmRecord vm) {
    // An answer that never comes, whatever became of it, must not end the asking.
    Duration timeout = context.limits().watching().probeTimeout();
    boolean waits =
        vm.probes().inFlight() && !context.now().past(vm.probes().askedAt(), timeout, LOST);
    if (waits || vm.vm().state() != VmState.RUNNING || vm.vm().address().isEmpty()) {
      return false;
    }
    boolean wanted =
        switch (vm.health()) {
          case STARTING, SUSPECT, UNREACHABLE, CONDEMNED -> true;
          case UNKNOWN, HEALTHY, IDLE, DRAINING ->
              context.now().past(vm.lastBeat(), context.limits().silence().late(), 1);
          case BROKEN -> !vm.everReady();
          case DELETING, TERMINATED -> false;
        };
    return wanted
        && (!vm.probes().asked()
            || context.now().past(vm.probes().askedAt(), context.limits().watching().probe(), 1));
  }
}

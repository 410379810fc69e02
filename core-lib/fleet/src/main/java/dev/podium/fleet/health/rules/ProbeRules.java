package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.VmState;
import java.time.Duration;

/// Which VMs are probed: those that are new, late or in doubt, and those whose own check fails,
/// which say why in their answer. A healthy fleet is not probed at all, unless no probe gets
/// through: that it is open again must be noticed.
final class ProbeRules {
  /// After so many of its timeouts a probe is given up.
  private static final int LOST = 4;

  private final StepContext context;

  ProbeRules(StepContext context) {
    this.context = context;
  }

  /// Whether a probe is to be sent now.
  boolean wants(VmRecord vm) {
    if (waits(vm) || vm.vm().state() != VmState.RUNNING || vm.vm().address().isEmpty()) {
      return false;
    }
    HealthLimits limits = context.limits();
    boolean wanted =
        switch (vm.health()) {
          case STARTING, SUSPECT, UNREACHABLE, CONDEMNED -> true;
          case UNKNOWN, HEALTHY, IDLE, DRAINING ->
              context.now().past(vm.lastBeat(), limits.silence().late(), 1)
                  || (context.sight().pathBlocked() && vm.probes().failed() > 0)
                  || vm.heartbeats().failing();
          case BROKEN -> !vm.everReady() || vm.heartbeats().failing();
          case DELETING, TERMINATED -> false;
        };
    return wanted
        && (!vm.probes().asked()
            || context.now().past(vm.probes().askedAt(), limits.watching().probe(), 1));
  }

  /// An answer that never comes, whatever became of it, must not end the asking.
  private boolean waits(VmRecord vm) {
    Duration timeout = context.limits().watching().probeTimeout();
    return vm.probes().inFlight() && !context.now().past(vm.probes().askedAt(), timeout, LOST);
  }
}

package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.Usage;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.ClockReading;
import java.util.List;
import java.util.Optional;

/// The rules for one VM: what is remembered, what is seen, and the moment in; what is remembered
/// then, and what to do, out. Pure: no clock, no thread, no network, no randomness.
///
/// A step first takes the observation into the record ([ObservationRules]), then judges the record
/// afresh ([StateTable]), whatever the observation was. So a lost observation delays a verdict and
/// never changes it.
public final class HealthRules {
  private final HealthLimits limits;
  private final Usage usage;

  public HealthRules(HealthLimits limits) {
    this.limits = limits;
    this.usage = new Usage(limits.use().window());
  }

  /// What a step leads to.
  ///
  /// @param vm the same object as before if nothing changed
  public record Step(VmRecord vm, List<HealthAction> actions) {
    public Step {
      actions = List.copyOf(actions);
    }
  }

  /// A VM that the console sees for the first time.
  ///
  /// @param created whether it came to be while the console watched; else it may be long at work,
  ///   and nothing is said of it until a channel does
  public VmRecord found(Vm vm, boolean created, ClockReading now) {
    boolean young =
        switch (vm.state()) {
          case PROVISIONING, STAGING -> true;
          // One that is older has only got the fleet's label now.
          case RUNNING, STOPPING, TERMINATED, SUSPENDING, SUSPENDED, REPAIRING, UNKNOWN ->
              created && vm.created().plus(limits.silence().boot()).isAfter(now.cloud());
        };
    return young
        ? VmRecord.found(vm, true, Health.STARTING, "starting: no sign of life yet", now)
        : VmRecord.found(vm, false, Health.UNKNOWN, "unknown: just found, not heard of yet", now);
  }

  /// Whether a passing moment cannot matter to this VM. Lets a tick over a large and healthy fleet
  /// cost next to nothing.
  public boolean quiet(VmRecord vm, ClockReading now) {
    boolean fresh = !now.past(vm.lastBeat(), limits.silence().late(), 1);
    boolean plain = fresh && !vm.heartbeats().failing() && vm.drain().isEmpty();
    return switch (vm.health()) {
      case HEALTHY -> plain;
      // An outdated one is replaced as soon as it is idle, and asks for that at each tick.
      case IDLE ->
          plain && !vm.vm().outdated() && vm.idleSeconds() < limits.use().idle().toSeconds();
      default -> false;
    };
  }

  /// Whether a VM that nobody uses still cannot be asked to drain: its drain is not answered, or
  /// only its probe answers.
  boolean deaf(VmRecord vm, ClockReading now) {
    boolean unanswered =
        vm.drain()
                .filter(Drain::unanswered)
                .filter(drain -> drain.force() || !Usage.usedSince(vm, drain.since()))
                .isPresent()
            && vm.heartbeats().empty() >= limits.use().emptyHeartbeats();
    return switch (vm.health()) {
      case IDLE, BROKEN, DRAINING -> unanswered;
      case SUSPECT ->
          usage.probeSaysNobodyFor(vm, limits.use().idle())
              && now.past(vm.lastBeat(), limits.silence().suspect(), 1);
      case STARTING, HEALTHY, UNREACHABLE, CONDEMNED, DELETING, TERMINATED, UNKNOWN -> false;
    };
  }

  /// Whether another console may have ended the VM for its health, by what this one knew of it.
  public boolean mayEndForHealth(VmRecord vm, ClockReading now) {
    return switch (vm.health()) {
      // Another console may have known for longer what is only suspected here, or not even that.
      // And what nobody uses is seen to drain before it goes, unless it cannot.
      case STARTING, UNKNOWN, SUSPECT, UNREACHABLE, BROKEN, CONDEMNED, HEALTHY, IDLE -> true;
      case DRAINING -> deaf(vm, now);
      // A deletion that takes so long has failed, and what followed was not seen.
      case DELETING -> now.past(vm.entered(), limits.silence().stopped(), 1);
      case TERMINATED -> false;
    };
  }

  /// Whether somebody ends it, perhaps for its health, as far as can be told. Whoever pinned the VM
  /// too late may have taken off the claim that led to this. And another console may know for
  /// longer that it is dead than this one, to which it is well, or new.
  public static boolean leaves(VmRecord before, VmRecord after) {
    return switch (after.health()) {
      // The claim on a VM that is stopping is the one that ends it.
      case DELETING ->
          before.health() != Health.DELETING
              && Claim.on(after.vm()).map(Claim::health).orElse(true);
      case TERMINATED ->
          before.health() != Health.TERMINATED
              && after.vm().state() == VmState.STOPPING
              && (before.health().inTrouble() || after.vm().pinned());
      default -> false;
    };
  }

  /// Why what is remembered of the VM does not ask for that end any more; empty if it does.
  public Optional<String> changedMind(VmRecord vm, End end, ClockReading now) {
    if (stillWants(vm, end, now)) {
      return Optional.empty();
    }
    if (end == End.DELETE_DRAINED) {
      return Optional.of("it is not known to be drained any more");
    }
    boolean spoke = vm.signs() > 0 || !now.past(vm.lastSign(), limits.silence().suspect(), 1);
    return Optional.of(spoke ? "it gave a sign of life" : "it is otherwise by now");
  }

  private boolean stillWants(VmRecord vm, End end, ClockReading now) {
    return switch (end) {
      // A failed probe after a heartbeat sets the signs back, but not the silence.
      case DELETE_DEAD ->
          vm.health() == Health.CONDEMNED
              && vm.signs() == 0
              && (vm.unheard() || now.past(vm.lastSign(), limits.silence().condemned(), 1));
      case DELETE_DRAINED ->
          vm.health() == Health.DRAINING
              && vm.drain().filter(Drain::accepted).isPresent()
              && (vm.participants() == 0 || vm.drain().get().emptyAnswer())
              && sameAgent(vm, now);
      case DELETE_DEAF -> deaf(vm, now);
      case DELETE_STOPPED -> vm.health() == Health.TERMINATED;
      case DRAIN_IDLE, DRAIN_BROKEN, DRAIN_ADOPTED -> false;
    };
  }

  /// Whether the agent that accepted the drain runs on, by all that can be told. One that was
  /// started anew takes people again and knows nothing of it.
  private boolean sameAgent(VmRecord vm, ClockReading now) {
    if (vm.probes().failed() > 0) {
      return !now.past(vm.lastBeat(), limits.silence().late(), 1);
    }
    return vm.answeredSince().map(vm::isOfPresentBoot).orElse(true);
  }

  /// One step.
  ///
  /// @param sight how well the console sees
  public Step step(VmRecord before, Observation seen, Sight sight, ClockReading now) {
    StepContext context = new StepContext(limits, usage, sight, now);
    Transition taken = new ObservationRules(context).taken(before, seen);
    Transition judged = new StateTable(context).judged(taken.vm()).after(taken.actions());
    return new ProbeRules(context).wants(judged.vm())
        ? new Step(
            RecordUpdates.probeSent(judged.vm(), now),
            judged.with(new HealthAction.SendProbe()).actions())
        : new Step(judged.vm(), judged.actions());
  }
}

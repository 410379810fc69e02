package dev.podium.fleet.health.rules;

import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The table of a VM's states. Each row is held by one of [StartRules], [UseRules], [SilenceRules],
/// [BrokenRules], [DrainRules] and [StoppedRules], and only names the state that comes next. Here
/// that state is entered, and judged again if the row wants it, until the VM rests. So no row knows
/// another.
final class StateTable {
  /// So many states that are judged at once may follow one another. The longest way that the rows
  /// know has two: heard of again, then draining.
  static final int MOST = 6;

  private final StepContext context;
  private final Function<VmRecord, Transition> rows;

  StateTable(StepContext context) {
    this.context = context;
    this.rows = this::row;
  }

  /// @param rows judges a VM by its present state
  StateTable(StepContext context, Function<VmRecord, Transition> rows) {
    this.context = context;
    this.rows = rows;
  }

  /// Judges a VM until it rests in a state.
  ///
  /// @return what is remembered of it then, and the actions of all rows on the way
  /// @throws IllegalStateException if the rows lead in a circle
  Transition judged(VmRecord before) {
    List<HealthAction> actions = new ArrayList<>(2);
    List<Health> way = new ArrayList<>(2);
    Transition next = first(before);
    VmRecord vm = entered(next, actions);
    while (next.isJudgedOn()) {
      way.add(vm.health());
      if (way.size() > MOST) {
        throw new IllegalStateException(
            "The states of the VM '" + vm.vm().name() + "' lead in a circle: " + way);
      }
      next = rows.apply(vm);
      vm = entered(next, actions);
    }
    return Transition.stay(vm).with(actions);
  }

  /// What Compute Engine says comes first, then whether a drain still stands, then silence. Each is
  /// asked once a step, by the state in which the VM was.
  private Transition first(VmRecord vm) {
    if (vm.health() == Health.UNKNOWN && context.sight().unreached().contains(vm.vm().zone())) {
      return Transition.stay(vm);
    }
    if (vm.health() == Health.DELETING || vm.vm().state().isOff()) {
      return rows.apply(vm);
    }
    Transition drain = new DrainConversation(context).calledOff(vm);
    return running(drain.vm()).after(drain.actions());
  }

  private Transition running(VmRecord vm) {
    boolean wasHeard =
        switch (vm.health()) {
          case HEALTHY, IDLE, BROKEN, DRAINING -> true;
          case STARTING, SUSPECT, UNREACHABLE, CONDEMNED, DELETING, TERMINATED, UNKNOWN -> false;
        };
    if (context.sight().deaf() && context.isUnheard(vm)) {
      return switch (vm.health()) {
        // What is said of them is old, and nobody hears anything newer.
        case HEALTHY, IDLE ->
            Transition.to(
                RecordUpdates.rebased(vm, context.now()), Health.UNKNOWN, VerdictText.DEAF);
        case STARTING,
            SUSPECT,
            UNREACHABLE,
            BROKEN,
            DRAINING,
            CONDEMNED,
            DELETING,
            TERMINATED,
            UNKNOWN ->
            rows.apply(vm);
      };
    }
    boolean shutOut = vm.health() == Health.BROKEN && vm.shutOut();
    return wasHeard && !shutOut && context.silent(vm)
        ? Transition.to(vm, Health.SUSPECT, VerdictText.suspect(vm, context.now()))
        : rows.apply(vm);
  }

  private Transition row(VmRecord vm) {
    if (vm.health() != Health.DELETING && vm.vm().state().isOff()) {
      return new StoppedRules(context).stopped(vm);
    }
    return switch (vm.health()) {
      case STARTING -> new StartRules(context).starting(vm);
      case UNKNOWN -> new StartRules(context).unknown(vm);
      case HEALTHY, IDLE -> new UseRules(context).heard(vm);
      case SUSPECT -> new SilenceRules(context).suspect(vm);
      case UNREACHABLE -> new SilenceRules(context).unreachable(vm);
      case CONDEMNED -> new SilenceRules(context).condemned(vm);
      case BROKEN -> new BrokenRules(context).broken(vm);
      case DRAINING -> new DrainRules(context).draining(vm);
      case TERMINATED -> new StoppedRules(context).restarted(vm);
      case DELETING -> new StoppedRules(context).deleting(vm);
    };
  }

  /// Does what a row said, and adds what it asks for to `actions`.
  private VmRecord entered(Transition next, List<HealthAction> actions) {
    actions.addAll(next.actions());
    VmRecord before = next.vm();
    if (next.target().isEmpty()) {
      return before;
    }
    Transition.Target target = next.target().get();
    VmRecord vm = Verdicts.entered(before, target.health(), target.reason(), context.now());
    if (vm.health() == before.health()) {
      return vm;
    }
    return switch (vm.health()) {
      // Signs of life count from here on.
      case SUSPECT, UNREACHABLE -> vm.withSigns(0);
      case CONDEMNED -> {
        if (context.usage().lastKnownInUse(vm) && !vm.ending().givenUp()) {
          Duration kept = context.limits().use().condemnedInUse();
          actions.add(new HealthAction.Tell(Level.WARNING, VerdictText.keptForOperator(vm, kept)));
        }
        yield vm;
      }
      case STARTING, HEALTHY, IDLE, BROKEN, DRAINING, DELETING, TERMINATED, UNKNOWN -> vm;
    };
  }
}

package dev.podium.fleet.health.rules;

import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a row of the states' table says of a VM: that it stays, or which state comes next and why,
/// and what to do. A row only names the state; [StateTable] enters it.
///
/// @param vm what is remembered of it from now on
/// @param target the state that comes next; empty if it stays
/// @param actions in the order in which they are to be done
record Transition(VmRecord vm, Optional<Target> target, List<HealthAction> actions) {
  Transition {
    actions = List.copyOf(actions);
  }

  /// @param reason for the operator; the present state again means that only its reason is new
  /// @param judgedOn whether its row judges the VM in this step already
  record Target(Health health, String reason, boolean judgedOn) {}

  /// It stays in its state.
  static Transition stay(VmRecord vm) {
    return new Transition(vm, Optional.empty(), List.of());
  }

  /// It enters that state and rests there for this step. So a VM that gets worse does so one state
  /// at a time, and each of them is seen and told.
  static Transition to(VmRecord vm, Health health, String reason) {
    return stay(vm).to(health, reason);
  }

  /// It enters that state, whose own row says at once whether it stays there.
  static Transition through(VmRecord vm, Health health, String reason) {
    return new Transition(vm, Optional.of(new Target(health, reason, true)), List.of());
  }

  /// After all this, it enters that state and rests there.
  Transition to(Health health, String reason) {
    return new Transition(vm, Optional.of(new Target(health, reason, false)), actions);
  }

  /// Whether the row of the state that comes next judges the VM in this step already.
  boolean isJudgedOn() {
    return target.filter(Target::judgedOn).isPresent();
  }

  Transition with(HealthAction action) {
    return with(List.of(action));
  }

  Transition with(List<HealthAction> more) {
    return more.isEmpty() ? this : new Transition(vm, target, joined(actions, more));
  }

  /// A line for the activity list.
  Transition telling(Level level, String sentence) {
    return with(new HealthAction.Tell(level, sentence));
  }

  /// The same after those actions.
  Transition after(List<HealthAction> before) {
    return before.isEmpty() ? this : new Transition(vm, target, joined(before, actions));
  }

  private static List<HealthAction> joined(List<HealthAction> first, List<HealthAction> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}

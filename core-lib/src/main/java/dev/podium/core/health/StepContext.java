package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.End;
import dev.podium.core.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the rules of one step share: the limits and the moment by which they judge, the questions
/// that several rows of the states' table ask of a VM, and the actions asked for so far.
final class StepContext {
  private final HealthLimits limits;
  private final RecordUpdates updates;
  private final int factor;
  private final Moment now;
  private final List<Action> actions = new ArrayList<>(2);

  /// @param factor what every timeout is multiplied by: the observer's score + 1, so 1 to 9
  StepContext(HealthLimits limits, RecordUpdates updates, int factor, Moment now) {
    this.limits = limits;
    this.updates = updates;
    this.factor = factor;
    this.now = now;
  }

  HealthLimits limits() {
    return limits;
  }

  RecordUpdates updates() {
    return updates;
  }

  int factor() {
    return factor;
  }

  Moment now() {
    return now;
  }

  List<Action> actions() {
    return actions;
  }

  void act(Action action) {
    actions.add(action);
  }

  void say(Level level, String sentence) {
    actions.add(new Action.Tell(level, sentence));
  }

  /// Asks the fleet for its end, unless that is under way or was put off.
  void ask(VmRecord vm, End end, String reason) {
    if (vm.ending().free(now)) {
      act(new Action.AskToEnd(end, reason));
    }
  }

  VmRecord enter(VmRecord vm, Health health, String reason) {
    return vm.health() == health
        ? Verdicts.reworded(vm, reason)
        : Verdicts.entered(vm, health, reason, now);
  }

  /// Whether `limit`, stretched by the console's doubt about itself, has passed since `then`.
  ///
  /// @param then nanoseconds of the monotonic clock
  boolean past(long then, Duration limit) {
    return now.past(then, limit, factor);
  }

  /// Whether its heartbeat has stayed away for so long that it is SUSPECT.
  boolean silent(VmRecord vm) {
    return past(vm.lastBeat(), limits.silence().suspect());
  }

  /// Whether a new VM is at work: it caught up, and its page answers or people are on it.
  boolean atWork(VmRecord vm) {
    Optional<Pulse.Heartbeat> beat = vm.heartbeats().last().filter(Pulse.Heartbeat::ready);
    boolean used =
        beat.filter(last -> !updates.nobody(last) && last.participants() > 0).isPresent();
    return beat.isPresent() && (vm.probes().good() || used);
  }
}

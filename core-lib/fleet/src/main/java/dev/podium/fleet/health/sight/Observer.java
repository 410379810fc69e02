package dev.podium.fleet.health.sight;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.cloud.ClockReading;

/// How well this console sees: when it read Compute Engine's list, whether its own messages come
/// back, and what it makes of that.
public final class Observer {
  private final ObserverRules rules;
  private final ListTimes lists;
  private final Canary canary;
  private final ProbePath path = new ProbePath();
  private ObserverRules.State state;
  private boolean pathBlocked;
  private boolean deaf;

  public Observer(ObserverRules rules, String console, HealthLimits limits, ClockReading start) {
    this.rules = rules;
    this.lists = new ListTimes(limits);
    this.canary = new Canary(console, limits.observer());
    this.state = ObserverRules.State.start(start);
  }

  public ListTimes lists() {
    return lists;
  }

  public Canary canary() {
    return canary;
  }

  /// Weighs what was noticed since the last tick.
  ///
  /// @return why everything must start again; empty if nothing must
  public String tick(Census census, ClockReading now) {
    ObserverRules.Noticed noticed =
        new ObserverRules.Noticed(
            lists.failures(), canary.overdue(now), census.silent(), census.expected());
    deaf = noticed.canaryOverdue();
    ObserverRules.Step step = rules.tick(state, noticed, now);
    state = step.state();
    pathBlocked = path.isBlocked(census);
    if (!step.slept().isEmpty()) {
      lists.woke();
      path.begin();
      canary.backlog(now);
    }
    return step.slept();
  }

  public ProbePath path() {
    return path;
  }

  /// Whether no probe gets through to any VM, as it was at the last tick.
  public boolean pathBlocked() {
    return pathBlocked;
  }

  /// Whether the console does not hear itself, as it was at the last tick.
  public boolean deaf() {
    return deaf;
  }

  /// From 0 (well) to [ObserverRules#MOST].
  public int doubt() {
    return state.score();
  }

  /// Whether anything may end now.
  public boolean trusted() {
    return state.trusted();
  }
}

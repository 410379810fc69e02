package dev.podium.core.health;

/// How well this console sees: when it read Compute Engine's list, whether its own messages come
/// back, and what it makes of that.
final class Observer {
  private final ObserverRules rules;
  private final ListTimes lists;
  private final Canary canary;
  private ObserverRules.State state;

  Observer(ObserverRules rules, String console, HealthLimits limits, Moment start) {
    this.rules = rules;
    this.lists = new ListTimes(limits);
    this.canary = new Canary(console, limits.observer());
    this.state = ObserverRules.State.start(start);
  }

  ListTimes lists() {
    return lists;
  }

  Canary canary() {
    return canary;
  }

  /// Weighs what was noticed since the last tick.
  ///
  /// @return why everything must start again; empty if nothing must
  String tick(Census census, Moment now) {
    ObserverRules.Noticed noticed =
        new ObserverRules.Noticed(
            lists.failures(), canary.overdue(now), census.silent(), census.expected());
    ObserverRules.Step step = rules.tick(state, noticed, now);
    state = step.state();
    if (!step.slept().isEmpty()) {
      lists.woke();
      canary.backlog(now);
    }
    return step.slept();
  }

  /// From 0 (well) to [ObserverRules#MOST].
  int doubt() {
    return state.score();
  }

  /// Whether anything may end now.
  boolean trusted() {
    return state.trusted();
  }
}

package dev.podium.fleet.health;

import dev.podium.fleet.health.ending.EndRules;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.health.sight.ObserverRules;

/// The decisions that a [FleetWatch] takes its orders from. One for each watch, because the rules
/// for ends remember.
public record Rulebook(HealthRules health, ObserverRules observer, EndRules ends) {
  /// The rules, with these numbers.
  public static Rulebook of(HealthLimits limits) {
    return new Rulebook(new HealthRules(limits), new ObserverRules(limits), new EndRules(limits));
  }
}

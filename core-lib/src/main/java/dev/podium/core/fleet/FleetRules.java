package dev.podium.core.fleet;

import dev.podium.core.health.HealthLimits;

/// By what a fleet is run. Immutable; [Fleet#rules] gives what is in force, [Fleet#setRules] puts
/// others in force while the fleet runs.
///
/// @param policy how large it may be and of what it is made
/// @param limits when a VM counts as unused or broken; its idle limit is the policy's
public record FleetRules(FleetPolicy policy, HealthLimits limits) {
  public FleetRules {
    limits = limits.withIdle(policy.idle());
  }
}

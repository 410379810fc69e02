package dev.podium.fleet.policy;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.invite.AccessCode;
import java.util.Optional;

/// By what a fleet is run. Immutable; [Fleet#rules] gives what is in force, [Fleet#setRules] puts
/// others in force while the fleet runs.
///
/// @param policy how large it may be and of what it is made
/// @param limits when a VM counts as unused or broken; its idle limit is the policy's
/// @param accessCode lets in who has no invite; without one the fleet is for the invited alone
public record FleetPolicy(
    ScalingPolicy policy, HealthLimits limits, Optional<AccessCode> accessCode) {
  public FleetPolicy {
    limits = limits.withIdle(policy.idle());
  }

  /// Rules without an access code.
  public FleetPolicy(ScalingPolicy policy, HealthLimits limits) {
    this(policy, limits, Optional.empty());
  }
}

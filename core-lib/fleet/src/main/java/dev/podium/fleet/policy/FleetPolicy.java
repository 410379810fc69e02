package dev.podium.fleet.policy;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.invite.AccessCode;
import java.util.Optional;

/// By what a fleet is run: all that is configured. Immutable; [dev.podium.fleet.Fleet#policy] gives
/// what is in force, and [dev.podium.fleet.Fleet#setPolicy] replaces it while the fleet runs.
///
/// @param scaling how large it may be and of what it is made
/// @param limits when a VM counts as unused or broken; its idle limit is that of `scaling`
/// @param accessCode lets in who has no invite; without one the fleet is for the invited alone
public record FleetPolicy(
    ScalingPolicy scaling, HealthLimits limits, Optional<AccessCode> accessCode) {
  public FleetPolicy {
    limits = limits.withIdle(scaling.idle());
  }

  /// A policy without an access code.
  public FleetPolicy(ScalingPolicy scaling, HealthLimits limits) {
    this(scaling, limits, Optional.empty());
  }
}

package dev.podium.fleet.facade;

import dev.podium.fleet.admission.AdmissionSync;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.policy.PolicyInForce;
import java.util.Optional;

/// What follows from a change of the policy, here or on another console. The VMs are judged by it,
/// the fleet's size is looked at, a new access code goes to the VMs, and people read of it.
record PolicyChanges(HealthMonitor monitor, AdmissionSync admissionSync, ActivityLog activityLog)
    implements PolicyInForce.Listener {
  @Override
  public void changed(PolicyInForce.Change change) {
    monitor.limits(change.now().limits());
    monitor.resize();
    admissionSync.tellAccessCode();
    activityLog.write(
        Level.INFO,
        Optional.empty(),
        (change.isMadeHere() ? "policy changed: " : "policy changed on another console: ")
            + String.join(", ", change.inWords()));
  }
}

/// The fleet as one server: create, list, destroy, allocate; the policy that decides how many VMs
/// there are.
///
/// [FleetService] is the way in. [FleetParts] builds what is behind it, in an order in which no
/// part knows a later one: the VMs' directory and what waits for them, who is let in, the scaler,
/// the health monitor that ticks it, and then what makes, ends and labels VMs.
///
/// Truth is the cloud's. [FleetService] asks the cloud for changes and completes its futures when
/// the cloud, or the health monitor, says that they came about; what a VM is at any moment stands
/// in the event stream alone. Every request to the cloud runs on a virtual thread and can be
/// repeated: creations by a request id derived from the idempotency key, deletions by one derived
/// from the VM's id.
@NullMarked
package dev.podium.fleet;

import org.jspecify.annotations.NullMarked;

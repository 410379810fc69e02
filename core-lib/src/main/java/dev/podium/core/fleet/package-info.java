/// The fleet as one server: create, list, destroy, allocate; the policy that decides how many VMs
/// there are.
///
/// Truth is the cloud's. [FleetService] asks the cloud for changes and completes its futures when
/// the cloud, or the health monitor, says that they came about; what a VM is at any moment stands
/// in the event stream alone. Every request to the cloud runs on a virtual thread and can be
/// repeated: creations by a request id derived from the idempotency key, deletions by one derived
/// from the VM's id.
@NullMarked
package dev.podium.core.fleet;

import org.jspecify.annotations.NullMarked;

/// What a person can do with the fleet, as if it were one server: create, list, destroy, allocate.
/// [Fleet] says it; the window, the command line and the API call exactly this.
///
/// [dev.podium.fleet.facade.FleetService] is behind it. Truth is the cloud's. The service asks the
/// cloud for changes. It completes its futures when the cloud, or the health monitor, says that
/// they came about. What a VM is at any moment stands in the event stream alone.
///
/// Every request to the cloud runs on a virtual thread and can be repeated. A creation has a
/// request id derived from the idempotency key, a deletion one derived from the VM's id.
@NullMarked
package dev.podium.fleet;

import org.jspecify.annotations.NullMarked;

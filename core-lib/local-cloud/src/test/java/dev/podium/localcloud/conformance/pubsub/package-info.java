/// The contract of Pub/Sub as Google documents it, held against whatever listens at an endpoint.
///
/// Without a property the endpoint is a local cloud in this process, and every point must hold.
/// With `-Dpubsub.endpoint=host:port` (Google's emulator, say) a point that does not hold is
/// skipped, with the difference as its reason. The differences are printed together at the end.
/// Only the points that Podium's agents live by, marked [AgentsNeedIt], still fail.
@NullMarked
package dev.podium.localcloud.conformance.pubsub;

import org.jspecify.annotations.NullMarked;

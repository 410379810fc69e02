/// The ports: what a console needs of a cloud beside the messages and the time of
/// [dev.podium.wire.cloud], in Podium's words. `dev.podium.fleet.google` holds the adapters;
/// nothing outside it knows Google's classes.
///
/// Every method that waits for the network blocks, and is meant for a virtual thread. Failures are
/// [dev.podium.wire.model.PodiumException].
///
/// [HttpHealthProbe] asks the VM's own agent, so it needs no adapter.
@NullMarked
package dev.podium.fleet.cloud;

import org.jspecify.annotations.NullMarked;

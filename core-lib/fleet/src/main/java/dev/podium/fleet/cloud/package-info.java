/// The ports: what Podium needs of a cloud, in Podium's words. `core.cloud.google` holds the
/// adapters; nothing outside it knows Google's classes. Every method that waits for the network
/// blocks, and is meant for a virtual thread; failures are [dev.podium.wire.model.PodiumException].
@NullMarked
package dev.podium.fleet.cloud;

import org.jspecify.annotations.NullMarked;

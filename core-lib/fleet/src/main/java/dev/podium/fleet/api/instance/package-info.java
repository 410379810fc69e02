/// The fleet's VMs as JSON, as a stream of events and as metrics.
@NullMarked
package dev.podium.fleet.api.instance;

import org.jspecify.annotations.NullMarked;

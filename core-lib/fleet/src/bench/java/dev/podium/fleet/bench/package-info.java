/// What the core reaches with fleets far larger than most.
@NullMarked
package dev.podium.fleet.bench;

import org.jspecify.annotations.NullMarked;

/// What the core reaches with fleets far larger than most.
@NullMarked
package dev.podium.core.bench;

import org.jspecify.annotations.NullMarked;

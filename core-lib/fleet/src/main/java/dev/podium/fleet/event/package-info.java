/// The one ordered, bounded stream of everything that happened. Whoever subscribes first receives
/// what is true now, then what changes; the handle that it gets ends it. State changes reach the
/// window, the API and the command line only here.
@NullMarked
package dev.podium.fleet.event;

import org.jspecify.annotations.NullMarked;

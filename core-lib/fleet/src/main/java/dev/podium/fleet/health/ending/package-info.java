/// The last look before a VM ends for its health, the claims by which consoles agree, what the
/// fleet as a whole permits, and the deletion itself.
@NullMarked
package dev.podium.fleet.health.ending;

import org.jspecify.annotations.NullMarked;

/// A cloud, a bus and clocks in memory, for tests of everything above the ports. What they do is
/// what the ports promise, at once and on the caller's thread, and no more.
@NullMarked
package dev.podium.fleet.testing;

import org.jspecify.annotations.NullMarked;

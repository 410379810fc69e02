/// What every part of the fleet looks up: whose fleet it is, its VMs, what the cloud offers, and
/// where activity is written.
@NullMarked
package dev.podium.fleet.directory;

import org.jspecify.annotations.NullMarked;

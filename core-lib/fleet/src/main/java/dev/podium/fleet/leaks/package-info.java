/// What a fleet left behind in the cloud, such as disks without a VM: found, explained, and
/// cleaned.
@NullMarked
package dev.podium.fleet.leaks;

import org.jspecify.annotations.NullMarked;

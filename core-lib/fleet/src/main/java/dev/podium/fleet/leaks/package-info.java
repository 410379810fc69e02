/// What a fleet left behind in the cloud, such as disks without a VM: found, explained, and
/// cleaned. A VM is only told, never cleaned.
@NullMarked
package dev.podium.fleet.leaks;

import org.jspecify.annotations.NullMarked;

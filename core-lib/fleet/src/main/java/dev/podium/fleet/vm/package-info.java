/// The sequences that make a VM, change its labels, fill a slot and destroy it. Each blocks, and
/// runs on a virtual thread.
@NullMarked
package dev.podium.fleet.vm;

import org.jspecify.annotations.NullMarked;

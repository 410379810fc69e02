/// An instance and what belongs to it: its disks, its terms, its serial port, and the machine
/// behind it.
@NullMarked
package dev.podium.localcloud.state.instance;

import org.jspecify.annotations.NullMarked;

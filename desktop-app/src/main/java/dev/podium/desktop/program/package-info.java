/// What the window and the commands share. [Programs] is what they may ask the program to start,
/// and [Shutdown] stops all of it. [RunningServers] knows what else runs on this computer.
///
/// Nothing here knows a fleet or a cloud; what opens those is
/// [dev.podium.desktop.program.open.FleetOpener].
@NullMarked
package dev.podium.desktop.program;

import org.jspecify.annotations.NullMarked;

/// What the window and the commands start: fleets, local clouds, sign-ins, servers, and the way
/// down again.
@NullMarked
package dev.podium.desktop.program;

import org.jspecify.annotations.NullMarked;

/// The desktop around the window: its browser and its clipboard.
@NullMarked
package dev.podium.desktop.system;

import org.jspecify.annotations.NullMarked;

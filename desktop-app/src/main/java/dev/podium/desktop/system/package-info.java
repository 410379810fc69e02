/// The desktop around the window: its browser, its clipboard and its proxies.
@NullMarked
package dev.podium.desktop.system;

import org.jspecify.annotations.NullMarked;

/// The start of the console, the command line and the headless server; `Wiring` is the only place
/// that constructs.
@NullMarked
package dev.podium.desktop;

import org.jspecify.annotations.NullMarked;

/// Where the program starts: `Podium` runs the command line, `Wiring` puts together what a command
/// asks for, `Console` opens the window.
@NullMarked
package dev.podium.desktop;

import org.jspecify.annotations.NullMarked;

/// The commands about a fleet as a whole, and what all commands about a fleet share.
@NullMarked
package dev.podium.desktop.cli.fleet;

import org.jspecify.annotations.NullMarked;

/// What a terminal wants beside the commands: completion for shells, and a page for `man`. Its one
/// rule is that all of it is made of the commands' own description.
@NullMarked
package dev.podium.desktop.cli.terminal;

import org.jspecify.annotations.NullMarked;

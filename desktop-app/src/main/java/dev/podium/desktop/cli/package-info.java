/// The command line: the tree of all commands, and those that need no fleet.
///
/// A command is a class. It parses, asks a running server, a local cloud or this program for one
/// thing, and prints: results on stdout, everything else on stderr. Exit codes are 0 for done, 1
/// for failed with one line on stderr, 2 for wrong usage. What a command starts, it asks of
/// [dev.podium.desktop.program.Programs].
@NullMarked
package dev.podium.desktop.cli;

import org.jspecify.annotations.NullMarked;

/// The commands, one class each. They parse, ask one thing of the core or of the REST API, and
/// print: results on stdout, everything else on stderr. Exit codes are 0 for done, 1 for failed
/// with one line on stderr, 2 for wrong usage.
///
/// Commands construct nothing: what they start, they ask of [Programs], which the wiring builds.
@NullMarked
package dev.podium.desktop.cli;

import org.jspecify.annotations.NullMarked;

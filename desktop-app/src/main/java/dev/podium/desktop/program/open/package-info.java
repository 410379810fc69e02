/// Opens what the program runs: a fleet with its monitor and its API, a local cloud, an operator's
/// sign-in. What is opened goes to the [dev.podium.desktop.program.Shutdown] at once.
///
/// Only the start of the program uses this package. It also keeps what a fleet finds again at the
/// next start: its policy and what it has spent.
@NullMarked
package dev.podium.desktop.program.open;

import org.jspecify.annotations.NullMarked;

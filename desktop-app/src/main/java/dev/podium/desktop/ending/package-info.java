/// Destroying and draining VMs: the names, a word to type when people are on them, ten seconds to
/// take it back.
///
/// The rule: nothing is asked of the cloud before those seconds are over, and never silently. A
/// window that closes meanwhile asks first, and the seconds stand still while it asks; a program
/// that is ended meanwhile destroys nothing. A window also waits for requests that went out and
/// were not answered yet.
@NullMarked
package dev.podium.desktop.ending;

import org.jspecify.annotations.NullMarked;

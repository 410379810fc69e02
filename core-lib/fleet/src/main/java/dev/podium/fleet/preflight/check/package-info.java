/// What each check makes of the facts, and what helps where they are not as they should be.
///
/// The one rule: a check asks the port for facts and decides; it knows no protocol.
@NullMarked
package dev.podium.fleet.preflight.check;

import org.jspecify.annotations.NullMarked;

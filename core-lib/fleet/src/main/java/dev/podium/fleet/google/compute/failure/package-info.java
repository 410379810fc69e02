/// What Compute Engine's failures mean: each becomes the one sentence that says what failed, why,
/// and what helps.
///
/// The one rule: Google's words are read here and nowhere else.
@NullMarked
package dev.podium.fleet.google.compute.failure;

import org.jspecify.annotations.NullMarked;

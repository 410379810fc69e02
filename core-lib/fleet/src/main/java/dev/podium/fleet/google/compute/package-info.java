/// The adapter to Google Compute Engine, or to the local cloud that speaks its protocol.
@NullMarked
package dev.podium.fleet.google.compute;

import org.jspecify.annotations.NullMarked;

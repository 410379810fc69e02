/// Decides how large the fleet should be, and remembers what came of it. Pure, but for
/// [dev.podium.fleet.scaler.Scaling], which shows the scaler the fleet at each tick.
@NullMarked
package dev.podium.fleet.scaler;

import org.jspecify.annotations.NullMarked;

/// How participants get in: invites, the access code, seats, and what every VM must be told of
/// them.
@NullMarked
package dev.podium.fleet.admission;

import org.jspecify.annotations.NullMarked;

/// Who may come in, and to which VM of the fleet: invites, the access code, limits, and the front
/// door.
@NullMarked
package dev.podium.agent.door;

import org.jspecify.annotations.NullMarked;

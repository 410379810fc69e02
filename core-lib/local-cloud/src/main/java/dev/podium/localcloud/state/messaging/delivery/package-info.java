/// Which message goes to which receiver, and what becomes of it until it is acknowledged. Guarded
/// by the lock of the messaging state.
@NullMarked
package dev.podium.localcloud.state.messaging.delivery;

import org.jspecify.annotations.NullMarked;

/// Topics, subscriptions and snapshots, and every message in them.
/// [dev.podium.localcloud.state.messaging.Messaging] is the way in and holds the one lock.
@NullMarked
package dev.podium.localcloud.state.messaging;

import org.jspecify.annotations.NullMarked;

/// Pub/Sub over gRPC, and over REST on the same port: translates between Google's protocol and
/// [dev.podium.localcloud.state.messaging.Messaging], checks names, ranges and limits, and keeps
/// nothing.
///
/// It behaves as Google documents the service, which is not always what Google's emulator does.
/// Filters are applied, limits are enforced, and ordering holds after a redelivery. Ordered
/// subscriptions can seek, and the keepalive request of a stream is answered.
///
/// Calls run on the server's event loops and never block. The state answers in microseconds, and
/// wakes whoever must wait for a message.
@NullMarked
package dev.podium.localcloud.pubsub;

import org.jspecify.annotations.NullMarked;

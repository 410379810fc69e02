/// Pub/Sub over gRPC, and over REST on the same port: translates between Google's protocol and
/// [dev.podium.localcloud.state.messaging.Messaging], checks names, ranges and limits, and keeps
/// nothing.
///
/// It behaves as Google documents the service, which is not always what Google's emulator does:
/// filters are applied, ordering holds after a redelivery, ordered subscriptions can seek, limits
/// are enforced, and the keepalive request of a stream is answered.
///
/// Calls run on the server's event loops and never block: the state answers in microseconds, and
/// whoever must wait for a message is woken by it.
@NullMarked
package dev.podium.localcloud.pubsub;

import org.jspecify.annotations.NullMarked;

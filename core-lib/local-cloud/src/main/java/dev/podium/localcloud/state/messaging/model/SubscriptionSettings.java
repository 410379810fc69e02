package dev.podium.localcloud.state.messaging.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// What a subscription's owner chose. Ranges are checked by the protocol server.
///
/// @param ackDeadline how long a delivery may stay unacknowledged, 10 to 600 seconds
/// @param retention how long a message waits for its acknowledgement, 10 minutes to 31 days
/// @param retainAcked whether acknowledged messages are kept for `retention` too, to seek back to
/// @param ordered whether messages of one ordering key come in their order
/// @param exactlyOnce whether a stale acknowledgement is refused rather than ignored
/// @param filter which messages it receives; fixed at its creation
/// @param expiry after how long without any use it is deleted; none is never
/// @param deadLetter where messages go that fail again and again
/// @param redelivery when a failed delivery is made again; none is at once
/// @param document the whole resource, in the protocol server's own encoding and opaque here; read
///   it through `duplicate()`
public record SubscriptionSettings(
    Duration ackDeadline,
    Duration retention,
    boolean retainAcked,
    boolean ordered,
    boolean exactlyOnce,
    MessageFilter filter,
    Optional<Duration> expiry,
    Optional<DeadLetter> deadLetter,
    Optional<Redelivery> redelivery,
    ByteBuffer document) {

  /// @param topic the full name of the topic that receives them
  /// @param attempts after how many deliveries, 5 to 100
  public record DeadLetter(String topic, int attempts) {}

  /// When a failed delivery is made again: the first rests for `least`, each further one twice as
  /// long, up to `most`. Pub/Sub calls it the retry policy.
  ///
  /// @param least 0 to 600 seconds
  /// @param most 0 to 600 seconds
  public record Redelivery(Duration least, Duration most) {
    public Duration after(int attempts) {
      int doublings = Math.min(Math.max(attempts - 1, 0), 20);
      Duration rest = least.multipliedBy(1L << doublings);
      return rest.compareTo(most) > 0 ? most : rest;
    }
  }
}

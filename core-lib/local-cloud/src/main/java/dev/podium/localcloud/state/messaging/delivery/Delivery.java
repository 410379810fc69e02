package dev.podium.localcloud.state.messaging.delivery;

import dev.podium.localcloud.state.messaging.model.TopicMessage;

/// One message on its way to one receiver, which owes an acknowledgement for it.
///
/// @param message what to deliver
/// @param ackId names this delivery; another delivery of the same message has another
/// @param attempt 1 for the first delivery of this message, and rising; 0 where the subscription
///   has no dead-letter policy, since only then does Pub/Sub tell
public record Delivery(TopicMessage message, String ackId, int attempt) {}

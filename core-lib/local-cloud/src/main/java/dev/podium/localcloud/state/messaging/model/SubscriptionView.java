package dev.podium.localcloud.state.messaging.model;

import java.time.Duration;
import java.util.Optional;

/// A subscription as it is now.
///
/// @param name its full name
/// @param topic its topic's full name, or `_deleted-topic_`
/// @param detached whether it was cut off from its topic, for good
/// @param topicRetention how far its topic lets it seek back
/// @param settings as last written
public record SubscriptionView(
    String name,
    String topic,
    boolean detached,
    Optional<Duration> topicRetention,
    SubscriptionSettings settings) {}

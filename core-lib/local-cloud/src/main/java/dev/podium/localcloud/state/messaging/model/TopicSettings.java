package dev.podium.localcloud.state.messaging.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// What a topic's owner chose.
///
/// @param retention how long every message is kept for those who seek back, 10 minutes to 31 days;
///   none keeps a message only while a subscription needs it
/// @param document the whole resource, in the protocol server's own encoding and opaque here; read
///   it through `duplicate()`
public record TopicSettings(Optional<Duration> retention, ByteBuffer document) {}

package dev.podium.localcloud.state.messaging.model;

import java.nio.ByteBuffer;
import java.time.Instant;

/// A snapshot as it is now.
///
/// @param name its full name
/// @param topic its topic's full name
/// @param expires when it goes by itself
/// @param document the whole resource, in the protocol server's own encoding and opaque here
public record SnapshotView(String name, String topic, Instant expires, ByteBuffer document) {}

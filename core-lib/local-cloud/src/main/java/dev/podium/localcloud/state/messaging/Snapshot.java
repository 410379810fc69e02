package dev.podium.localcloud.state.messaging;

import dev.podium.localcloud.state.messaging.delivery.Backlog;
import dev.podium.localcloud.state.messaging.log.LogEntry;
import dev.podium.localcloud.state.messaging.log.MessageLog;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import dev.podium.localcloud.state.messaging.model.SnapshotView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a subscription had not acknowledged at one moment, and all that its topic got since.
/// Guarded by the lock of [Messaging].
final class Snapshot {
  private static final Duration LIFE = Duration.ofDays(7);
  private static final Duration SHORTEST_LIFE = Duration.ofHours(1);

  final String name;
  final String topic;
  final Instant expires;
  private final MessageLog log;
  private final Map<Long, LogEntry> unacknowledged = new TreeMap<>();
  private final long from;
  ByteBuffer document;

  private Snapshot(String name, Backlog backlog, Instant expires, ByteBuffer document) {
    this.name = name;
    this.topic = backlog.topic;
    this.expires = expires;
    this.document = document;
    this.log = backlog.log();
    this.from = backlog.cursor();
    for (LogEntry entry : backlog.unacknowledged()) {
      unacknowledged.put(entry.sequence, entry);
      log.hold(entry);
    }
    for (long sequence = from; sequence < log.end(); sequence++) {
      LogEntry entry = log.at(sequence);
      if (entry != null) {
        log.hold(entry);
      }
    }
  }

  /// Takes one now.
  ///
  /// @throws MessagingException if it would expire within an hour
  static Snapshot of(String name, Backlog backlog, Instant now, ByteBuffer document) {
    Instant oldest = Optional.ofNullable(backlog.oldestUnacknowledged()).orElse(now);
    Instant expires = oldest.plus(LIFE);
    if (expires.isBefore(now.plus(SHORTEST_LIFE))) {
      throw new MessagingException(
          MessagingException.Reason.PRECONDITION,
          "The subscription's oldest unacknowledged message is too old for a snapshot: it would"
              + " expire within an hour.");
    }
    return new Snapshot(name, backlog, expires, document);
  }

  boolean holds(LogEntry entry) {
    return entry.sequence >= from || unacknowledged.containsKey(entry.sequence);
  }

  /// The messages that only this snapshot may still keep, which a seek therefore makes reachable.
  MessageLog log() {
    return log;
  }

  void close() {
    unacknowledged.values().forEach(log::release);
    for (long sequence = from; sequence < log.end(); sequence++) {
      LogEntry entry = log.at(sequence);
      if (entry != null) {
        log.release(entry);
      }
    }
  }

  SnapshotView view() {
    return new SnapshotView(name, topic, expires, document);
  }
}

package dev.podium.localcloud.state;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What a subscription had not acknowledged at one moment, and all that its topic got since.
/// Guarded by the lock of [Messaging].
final class Snapshot {
  final String name;
  final String topic;
  final Instant expires;
  private final MessageLog log;
  private final Map<Long, LogEntry> unacknowledged = new TreeMap<>();
  private final long from;
  ByteBuffer document;

  Snapshot(String name, Backlog backlog, Instant expires, ByteBuffer document) {
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
}

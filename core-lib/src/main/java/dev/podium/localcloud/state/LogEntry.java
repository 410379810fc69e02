package dev.podium.localcloud.state;

/// A message's place in its topic's log, and how many subscriptions and snapshots still need it.
final class LogEntry {
  final long sequence;
  final TopicMessage message;
  final int size;
  int holders;

  LogEntry(long sequence, TopicMessage message, int holders) {
    this.sequence = sequence;
    this.message = message;
    this.size = message.content().size();
    this.holders = holders;
  }
}

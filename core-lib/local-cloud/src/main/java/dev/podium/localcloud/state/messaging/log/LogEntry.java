package dev.podium.localcloud.state.messaging.log;

import dev.podium.localcloud.state.messaging.model.TopicMessage;

/// A message's place in its topic's log, and how many subscriptions and snapshots still need it.
public final class LogEntry {
  public final long sequence;
  public final TopicMessage message;
  public final int size;
  int holders;

  LogEntry(long sequence, TopicMessage message, int holders) {
    this.sequence = sequence;
    this.message = message;
    this.size = message.content().size();
    this.holders = holders;
  }
}

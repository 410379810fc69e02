package dev.podium.agent.chat;

/// The bytes of all sockets together that wait to be written. Each socket's queue is bounded by
/// itself ([Outbox]); this bounds their sum. A thousand people may come at once and each be sent a
/// room's history. Or a thousand may stop reading. The VM's memory is safe from both.
///
/// While it is full, whoever does not keep up is closed. Newcomers are asked to come again in a
/// moment, and so are senders: what they say would be multiplied. On the chat loop.
public final class PendingBytes {
  private final long most;
  private long bytes;

  PendingBytes(long most) {
    this.most = most;
  }

  void add(long added) {
    bytes += added;
  }

  void remove(long gone) {
    bytes -= gone;
  }

  public long bytes() {
    return bytes;
  }

  public boolean isFull() {
    return bytes > most;
  }
}

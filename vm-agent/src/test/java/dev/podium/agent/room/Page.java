package dev.podium.agent.room;

import java.util.Optional;

/// A page without a socket.
final class Page implements Connection {
  private final Optional<String> device;
  private final long heardNanos;

  Page() {
    this("", 0);
  }

  Page(String device, long heardNanos) {
    this.device = Optional.of(device).filter(id -> !id.isEmpty());
    this.heardNanos = heardNanos;
  }

  @Override
  public Optional<String> device() {
    return device;
  }

  @Override
  public long heardNanos() {
    return heardNanos;
  }

  @Override
  public void replaced() {}
}

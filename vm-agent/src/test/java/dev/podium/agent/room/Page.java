package dev.podium.agent.room;

import dev.podium.agent.people.Connection;
import java.util.Optional;

/// A page without a socket.
public final class Page implements Connection {
  private final Optional<String> device;
  private final long heardNanos;

  public Page() {
    this("", 0);
  }

  public Page(String device, long heardNanos) {
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

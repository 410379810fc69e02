package dev.podium.fleet.health.sight;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.util.Optional;

/// The console's message to itself. While it does not come back, silence proves nothing about the
/// VMs; and after a sleep, what arrives before it is old.
public final class Canary {
  private final String console;
  private final HealthLimits.Observer limits;
  private long sequence;
  private long sentAt;
  private boolean awaited;
  private long awaitedSince;
  private boolean backlog;
  private long backlogSince;
  private long backlogEnd;

  Canary(String console, HealthLimits.Observer limits) {
    this.console = console;
    this.limits = limits;
  }

  /// The next message, if it is time for one.
  public Optional<Pulse> due(ClockReading now) {
    boolean first = sequence == 0;
    boolean forBacklog = backlog && backlogEnd == 0;
    if (!first && !forBacklog && !now.past(sentAt, limits.canary(), 1)) {
      return Optional.empty();
    }
    sequence++;
    sentAt = now.nanos();
    if (!awaited) {
      awaited = true;
      awaitedSince = now.nanos();
    }
    if (forBacklog) {
      backlogEnd = sequence;
    }
    return Optional.of(new Pulse.Canary(console, sequence));
  }

  public void heard(Pulse.Canary back) {
    if (!back.console().equals(console)) {
      return;
    }
    if (back.sequence() == sequence) {
      awaited = false;
    } else {
      awaitedSince = sentAt;
    }
    if (backlog && backlogEnd > 0 && back.sequence() >= backlogEnd) {
      backlog = false;
    }
  }

  boolean overdue(ClockReading now) {
    return awaited && now.past(awaitedSince, limits.canaryLimit(), 1);
  }

  /// What waits in the subscription is from before a sleep.
  void backlog(ClockReading now) {
    backlog = true;
    backlogSince = now.nanos();
    backlogEnd = 0;
    awaited = false;
  }

  /// Whether what arrives now is still from before the sleep. If the canary itself does not come
  /// back, the doubt says so, and what arrives counts again.
  public boolean inBacklog(ClockReading now) {
    if (backlog && now.past(backlogSince, limits.canaryLimit(), 1)) {
      backlog = false;
    }
    return backlog;
  }
}

package dev.podium.fleet.health.sight;

import dev.podium.fleet.cloud.HealthProbe;

/// Whether the way of this console's probes to the VMs is open. It is blocked where heartbeats say
/// that VMs are ready and none has answered a probe. That counts from the console's start, its last
/// sleep and its last change of network. The cause is outside the VMs: by a firewall rule that is
/// missing, a school's firewall, a proxy. That says nothing about the VMs.
public final class ProbePath {
  private boolean answered;

  ProbePath() {}

  /// The console woke, or is in another network: what answered before proves nothing.
  public void begin() {
    answered = false;
  }

  /// A probe came back.
  public void probed(HealthProbe.Result result) {
    answered |= result instanceof HealthProbe.Result.Answered;
  }

  /// Whether it is blocked, as far as can be told.
  boolean isBlocked(Census census) {
    return !answered && census.unanswered() > 0;
  }
}

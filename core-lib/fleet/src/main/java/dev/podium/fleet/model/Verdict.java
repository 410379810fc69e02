package dev.podium.fleet.model;

import java.time.Instant;
import java.util.List;

/// What Podium thinks of a VM, since when, and why.
///
/// @param health the state
/// @param reason one sentence that an operator can read: `kept: 3 people`
/// @param since when the state was entered
/// @param evidence what the verdict rests on, newest last
public record Verdict(Health health, String reason, Instant since, List<Evidence> evidence) {
  public Verdict {
    evidence = List.copyOf(evidence);
  }
}

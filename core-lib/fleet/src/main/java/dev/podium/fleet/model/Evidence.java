package dev.podium.fleet.model;

import java.time.Instant;

/// One thing that was seen and that a verdict rests on.
///
/// @param channel how it was seen
/// @param at when, by the observer's clock
/// @param finding what was seen, as the part of a sentence: `no heartbeat for 23 s`
public record Evidence(Channel channel, Instant at, String finding) {
  /// The ways in which a VM is observed.
  public enum Channel {
    /// The agent's heartbeat over Pub/Sub.
    HEARTBEAT,
    /// The console's own `GET /healthz`.
    PROBE,
    /// Compute Engine's status of the instance.
    COMPUTE,
    /// The observer's doubt about itself.
    OBSERVER,
    /// A person's command.
    OPERATOR
  }
}

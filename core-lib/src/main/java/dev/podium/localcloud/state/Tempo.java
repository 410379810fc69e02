package dev.podium.localcloud.state;

import java.time.Duration;

/// How long the cloud takes for things.
///
/// @param provisioning PROVISIONING → STAGING
/// @param staging STAGING → RUNNING
/// @param stopping from the machine's end to TERMINATED, or to its removal
/// @param update a change of labels, metadata, …
/// @param shutdownGrace what a machine gets between the request to end and its end by force
/// @param preemptionNotice from the announcement of a preemption to the request to end
/// @param scale what run limits are multiplied with; the others are already scaled
public record Tempo(
    Duration provisioning,
    Duration staging,
    Duration stopping,
    Duration update,
    Duration shutdownGrace,
    Duration preemptionNotice,
    double scale) {

  /// Fast enough that a person does not wait, slow enough that every status can be seen; each
  /// duration multiplied by `scale`, which is positive.
  public static Tempo fast(double scale) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("The time scale is " + scale + "; it must be positive.");
    }
    return new Tempo(
        scaled(Duration.ofMillis(30), scale),
        scaled(Duration.ofMillis(40), scale),
        scaled(Duration.ofMillis(30), scale),
        scaled(Duration.ofMillis(5), scale),
        scaled(Duration.ofSeconds(4), scale),
        scaled(Duration.ofSeconds(30), scale),
        scale);
  }

  /// A run limit as the cloud counts it.
  public Duration scaled(Duration limit) {
    return scaled(limit, scale);
  }

  private static Duration scaled(Duration duration, double scale) {
    return Duration.ofNanos(Math.round(duration.toNanos() * scale));
  }
}

package dev.podium.localcloud.state.fault;

import dev.podium.localcloud.state.fault.FaultPlan.Chance;
import java.time.Duration;

/// How long the cloud takes for things. Each call draws one duration, between bounds, from the
/// cloud's seed, and multiplies it with the scale. Any thread may call.
public final class Tempo {
  /// How long things take, in kind.
  public enum Profile {
    /// Fast enough that a person does not wait, slow enough that every status can be seen.
    FAST,
    /// As people find it on Compute Engine: there is no official figure, and these are what
    /// published measurements add up to.
    REALISTIC
  }

  private record Span(long leastMillis, long mostMillis) {}

  private final Profile profile;
  private final double scale;
  private final FaultPlan dice;

  /// @param scale what all durations and run limits are multiplied with; positive
  /// @param dice decide between the bounds
  public Tempo(Profile profile, double scale, FaultPlan dice) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("The time scale is " + scale + "; it must be positive.");
    }
    this.profile = profile;
    this.scale = scale;
    this.dice = dice;
  }

  /// The fast one.
  public static Tempo fast(double scale) {
    return new Tempo(Profile.FAST, scale, new FaultPlan(1));
  }

  /// PROVISIONING → STAGING.
  public Duration provisioning() {
    return draw(new Span(30, 30), new Span(1_000, 4_000));
  }

  /// STAGING → RUNNING.
  public Duration staging() {
    return draw(new Span(40, 40), new Span(3_000, 8_000));
  }

  /// From the machine's end to TERMINATED, and into and out of SUSPENDED.
  public Duration stopping() {
    return draw(new Span(30, 30), new Span(5_000, 30_000));
  }

  /// From the machine's end to the removal of its instance.
  public Duration deleting() {
    return draw(new Span(30, 30), new Span(10_000, 60_000));
  }

  /// A change of labels, metadata, …
  public Duration update() {
    return draw(new Span(5, 5), new Span(500, 2_000));
  }

  /// What a machine gets between the request to end and its end by force.
  public Duration shutdownGrace() {
    return draw(new Span(4_000, 4_000), new Span(90_000, 90_000));
  }

  /// The same for a machine that is preempted. Source: Compute Engine's page on preemption, "up to
  /// 30 seconds, best effort".
  public Duration preemptionGrace() {
    return draw(new Span(30_000, 30_000), new Span(30_000, 30_000));
  }

  /// A run limit or a notice as the cloud counts it.
  public Duration scaled(Duration limit) {
    return Duration.ofNanos(Math.round(limit.toNanos() * scale));
  }

  private Duration draw(Span fast, Span realistic) {
    Span span =
        switch (profile) {
          case FAST -> fast;
          case REALISTIC -> realistic;
        };
    long range = span.mostMillis - span.leastMillis;
    double millis = span.leastMillis + (range == 0 ? 0 : range * dice.draw(Chance.DURATION));
    return Duration.ofNanos(Math.round(millis * 1_000_000 * scale));
  }
}

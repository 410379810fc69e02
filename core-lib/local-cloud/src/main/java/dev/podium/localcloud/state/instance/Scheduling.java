package dev.podium.localcloud.state.instance;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.Tempo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long and on what terms an instance may run.
///
/// @param spot whether the cloud may take the machine back
/// @param preemptible the legacy form of `spot`, kept as it was sent
/// @param automaticRestart as sent; true unless said otherwise, never with `spot`
/// @param maxRunDuration 30 s to 120 days, counted from each entry into RUNNING
/// @param terminationAction what happens then and at a preemption
/// @param terminationTime when an instance ends, instead of `maxRunDuration`
/// @param gracefulShutdown how long a stop or a delete waits in PENDING_STOP, 1 s to 1 h; none for
///   not at all
/// @param preemptionNotice from the announcement of a preemption to the request to end, 0 or 120 s
public record Scheduling(
    boolean spot,
    boolean preemptible,
    boolean automaticRestart,
    Optional<Duration> maxRunDuration,
    Optional<TerminationAction> terminationAction,
    Optional<Instant> terminationTime,
    Duration preemptionNotice,
    Optional<Duration> gracefulShutdown) {

  /// What becomes of an instance whose time is over.
  public enum TerminationAction {
    /// It stays, TERMINATED.
    STOP,
    /// It is removed.
    DELETE
  }

  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_NOTICE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(120);

  /// @throws Refusal if the run limit is out of range, has no action, or spot restarts
  public Scheduling {
    maxRunDuration.ifPresent(limit -> {
      if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
        throw Refusal.invalidField(
            "resource.scheduling.maxRunDuration",
            limit.toSeconds() + "s",
            "Max run duration must be between 30 seconds and 120 days.");
      }
    });
    if (maxRunDuration.isPresent() && terminationTime.isPresent()) {
      throw Refusal.invalidField(
          "resource.scheduling.terminationTime",
          terminationTime.get().toString(),
          "You cannot specify both a termination time and a max run duration.");
    }
    boolean limited = maxRunDuration.isPresent() || terminationTime.isPresent();
    if (limited && preemptible && !spot) {
      throw Refusal.invalidField(
          "resource.scheduling.preemptible",
          "true",
          "A legacy preemptible instance cannot have a run limit; use the provisioning model SPOT.");
    }
    gracefulShutdown.ifPresent(longest -> {
      if (longest.compareTo(SHORTEST_GRACE) < 0 || longest.compareTo(LONGEST_GRACE) > 0) {
        throw Refusal.invalidField(
            "resource.scheduling.gracefulShutdown.maxDuration",
            longest.toSeconds() + "s",
            "Must be between 1 second and 1 hour.");
      }
    });
    if (limited && terminationAction.isEmpty()) {
      throw Refusal.invalidField(
          "resource.scheduling.instanceTerminationAction",
          "",
          "You must specify an instance termination action with a max run duration.");
    }
    if (!preemptionNotice.isZero() && !preemptionNotice.equals(LONGEST_NOTICE)) {
      throw Refusal.invalidField(
          "resource.scheduling.preemptionNoticeDuration",
          preemptionNotice.toSeconds() + "s",
          "Must be 0 or 120 seconds.");
    }
    if (!preemptionNotice.isZero() && !spot) {
      throw Refusal.invalidField(
          "resource.scheduling.preemptionNoticeDuration",
          preemptionNotice.toSeconds() + "s",
          "Only Spot instances are preempted with a notice.");
    }
    if ((spot || preemptible) && automaticRestart) {
      throw Refusal.invalidField(
          "resource.scheduling.automaticRestart",
          "true",
          "Automatic restart must be disabled for preemptible and Spot instances.");
    }
  }

  /// Whether there is a moment at which the cloud ends it.
  public boolean limited() {
    return maxRunDuration.isPresent() || terminationTime.isPresent();
  }

  /// That moment, for an instance that entered RUNNING at `start`.
  public Optional<Instant> end(Instant start, Tempo tempo) {
    return maxRunDuration.map(limit -> start.plus(tempo.scaled(limit))).or(() -> terminationTime);
  }

  /// An ordinary instance without a limit.
  public static Scheduling standard() {
    return new Scheduling(
        false,
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Optional.empty());
  }
}

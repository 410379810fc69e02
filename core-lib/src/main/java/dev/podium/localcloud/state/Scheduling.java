package dev.podium.localcloud.state;

import java.time.Duration;
import java.util.Optional;

/// How long and on what terms an instance may run.
///
/// @param spot whether the cloud may take the machine back
/// @param preemptible the legacy form of `spot`, kept as it was sent
/// @param automaticRestart as sent; true unless said otherwise, never with `spot`
/// @param maxRunDuration 30 s to 120 days, counted from each entry into RUNNING
/// @param terminationAction what happens then and at a preemption
/// @param preemptionNotice from the announcement of a preemption to the request to end, 0 or 120 s
public record Scheduling(
    boolean spot,
    boolean preemptible,
    boolean automaticRestart,
    Optional<Duration> maxRunDuration,
    Optional<TerminationAction> terminationAction,
    Duration preemptionNotice) {

  /// What becomes of an instance whose time is over.
  public enum TerminationAction {
    /// It stays, TERMINATED.
    STOP,
    /// It is removed.
    DELETE
  }

  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_NOTICE = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofDays(120);

  /// @throws Refusal if the run limit is out of range, has no action, or spot restarts
  public Scheduling {
    maxRunDuration.ifPresent(
        limit -> {
          if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw Refusal.invalidField(
                "resource.scheduling.maxRunDuration",
                limit.toSeconds() + "s",
                "Max run duration must be between 30 seconds and 120 days.");
          }
        });
    if (maxRunDuration.isPresent() && terminationAction.isEmpty()) {
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

  /// An ordinary instance without a limit.
  public static Scheduling standard() {
    return new Scheduling(false, false, true, Optional.empty(), Optional.empty(), Duration.ZERO);
  }
}

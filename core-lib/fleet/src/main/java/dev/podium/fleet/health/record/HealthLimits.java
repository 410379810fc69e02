package dev.podium.fleet.health.record;

import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;

/// Every number of the health rules. All durations that decide about a VM are multiplied by the
/// observer's doubt + 1.
///
/// @param watching how often each channel is looked at
/// @param silence what silence means
/// @param use what use and its absence mean
/// @param observer when the console doubts itself
/// @param ends how fast VMs may end
public record HealthLimits(
    Watching watching, Silence silence, Use use, Observer observer, Ends ends) {

  /// @param heartbeat how often an agent says that it is alive, 1 to 60 s; told to it by metadata
  /// @param tick how often the monitor looks at the clock, 50 ms to 5 s
  /// @param list how often Compute Engine's list is read, 500 ms to 5 min
  /// @param probe how often a VM is probed while it is late or new, 200 ms to 5 min
  /// @param probeTimeout how long a probe may take, 100 ms to 1 min
  public record Watching(
      Duration heartbeat, Duration tick, Duration list, Duration probe, Duration probeTimeout) {
    public Watching {
      range("the heartbeat's interval", heartbeat, Duration.ofSeconds(1), Duration.ofMinutes(1));
      range("the monitor's tick", tick, Duration.ofMillis(50), Duration.ofSeconds(5));
      range("the list's interval", list, Duration.ofMillis(500), Duration.ofMinutes(5));
      range("the probe's interval", probe, Duration.ofMillis(200), Duration.ofMinutes(5));
      range("the probe's timeout", probeTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    }
  }

  /// @param late after which a heartbeat is late, and probes begin
  /// @param suspect without a heartbeat, HEALTHY becomes SUSPECT
  /// @param unreachable without any sign, SUSPECT becomes UNREACHABLE
  /// @param failedProbes how many in a row that takes as well, 1 to 20
  /// @param condemned without any sign while the machine runs, UNREACHABLE becomes CONDEMNED
  /// @param signsToReturn how many signs in a row bring an UNREACHABLE VM back, 1 to 20
  /// @param boot how long a new VM may take until it is ready
  /// @param broken how long an agent's check of itself may fail, 1 s to 1 day
  /// @param stopped after which a machine that is off is removed
  public record Silence(
      Duration late,
      Duration suspect,
      Duration unreachable,
      int failedProbes,
      Duration condemned,
      int signsToReturn,
      Duration boot,
      Duration broken,
      Duration stopped) {
    public Silence {
      range("the lateness of a heartbeat", late, Duration.ofSeconds(1), Duration.ofHours(1));
      range("the limit for SUSPECT", suspect, late, Duration.ofHours(1));
      range("the limit for UNREACHABLE", unreachable, suspect, Duration.ofHours(6));
      range("the number of failed probes", failedProbes, 1, 20);
      range("the limit for CONDEMNED", condemned, unreachable, Duration.ofDays(1));
      range("the number of signs", signsToReturn, 1, 20);
      range("the limit for booting", boot, Duration.ofSeconds(5), Duration.ofDays(1));
      range("the limit for BROKEN", broken, Duration.ofSeconds(1), Duration.ofDays(1));
      range("the limit for a stopped VM", stopped, Duration.ofSeconds(1), Duration.ofDays(30));
    }
  }

  /// @param window a person who is connected but has done nothing for this long is a forgotten tab,
  ///   not use; 1 min to 1 day
  /// @param emptyHeartbeats how many in a row with nobody make a VM IDLE, 1 to 100
  /// @param idle how long nobody may use a VM before it is drained, 5 s to 30 days
  /// @param minimumAge no VM is drained for idleness before this age
  /// @param drainAnswer after which an unanswered drain is sent again
  /// @param drainRetry after which a refused drain, or an end that did not come to pass, may be
  ///   tried again
  /// @param condemnedInUse how long a dead VM that was last known in use is kept, so that the
  ///   operator can decide
  public record Use(
      Duration window,
      int emptyHeartbeats,
      Duration idle,
      Duration minimumAge,
      Duration drainAnswer,
      Duration drainRetry,
      Duration condemnedInUse) {
    public Use {
      range("the window of use", window, Duration.ofMinutes(1), Duration.ofDays(1));
      range("the number of empty heartbeats", emptyHeartbeats, 1, 100);
      range("the idle limit", idle, Duration.ofSeconds(5), Duration.ofDays(30));
      range("the minimum age", minimumAge, Duration.ZERO, Duration.ofDays(30));
      range("the wait for a drain", drainAnswer, Duration.ofMillis(500), Duration.ofMinutes(10));
      range("the wait after a refusal", drainRetry, Duration.ofMillis(500), Duration.ofDays(1));
      range("the wait for the operator", condemnedInUse, Duration.ofSeconds(1), Duration.ofDays(7));
    }
  }

  /// @param lateTick a gap between two ticks that raises the doubt
  /// @param sleep a gap that means that the computer slept
  /// @param drift between wall and monotonic time over one tick, means that a clock jumped
  /// @param calm how long the doubt must be 0 after a sleep before anything may end
  /// @param canary how often the console sends itself a message
  /// @param canaryLimit after which that message is overdue
  /// @param silentShare of the fleet silent at once that raises the doubt, 0 to 1
  public record Observer(
      Duration lateTick,
      Duration sleep,
      Duration drift,
      Duration calm,
      Duration canary,
      Duration canaryLimit,
      double silentShare) {
    public Observer {
      range("the lateness of a tick", lateTick, Duration.ofMillis(100), Duration.ofMinutes(1));
      range("the gap that means sleep", sleep, lateTick, Duration.ofMinutes(10));
      range("the drift of the clocks", drift, Duration.ofMillis(100), Duration.ofMinutes(1));
      range("the calm after a sleep", calm, Duration.ZERO, Duration.ofHours(1));
      range("the canary's interval", canary, Duration.ofMillis(500), Duration.ofMinutes(5));
      range("the canary's limit", canaryLimit, canary, Duration.ofMinutes(10));
      range("the silent share", silentShare, 0, 1);
    }
  }

  /// @param every at most one health deletion in this time
  /// @param window in which at most `share` of the fleet, and one in any case, ends for its health
  /// @param share 0 to 1
  /// @param breakerCount how many bad VMs, with `breakerShare`, stop all health deletions; 1 to
  ///   10,000
  /// @param breakerShare 0 to 1
  /// @param claim how long a VM that another console claimed is left alone; longer than a last look
  ///   takes, so that only a console that is gone loses its claim
  public record Ends(
      Duration every,
      Duration window,
      double share,
      int breakerCount,
      double breakerShare,
      Duration claim) {
    public Ends {
      range("the pause between deletions", every, Duration.ZERO, Duration.ofDays(1));
      range("the window of deletions", window, every, Duration.ofDays(7));
      range("the share of deletions", share, 0, 1);
      range("the breaker's count", breakerCount, 1, 10_000);
      range("the breaker's share", breakerShare, 0, 1);
      range("the life of a claim", claim, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }

  /// The numbers for a real cloud.
  public static HealthLimits standard() {
    return new HealthLimits(
        new Watching(seconds(5), seconds(1), seconds(15), seconds(10), seconds(5)),
        new Silence(
            seconds(12),
            seconds(20),
            seconds(60),
            3,
            minutes(3),
            2,
            minutes(10),
            minutes(5),
            minutes(10)),
        new Use(minutes(30), 5, minutes(30), minutes(15), seconds(10), minutes(2), minutes(60)),
        new Observer(
            seconds(3), seconds(15), seconds(2), seconds(120), seconds(10), seconds(20), 0.55),
        new Ends(minutes(2), minutes(30), 0.20, 3, 0.55, minutes(3)));
  }

  /// The numbers for a class that wants to see it happen. A killed agent is red within 5 s, whether
  /// its port refuses or hangs, and gone before 30 s. An unused VM is gone after about two minutes.
  /// The window of use is not divided: somebody who reads for a minute is still there.
  public static HealthLimits demo() {
    return new HealthLimits(
        new Watching(seconds(1), millis(250), seconds(2), seconds(1), millis(800)),
        new Silence(
            millis(1_500),
            millis(2_500),
            seconds(4),
            3,
            seconds(12),
            2,
            seconds(60),
            seconds(3),
            seconds(20)),
        new Use(minutes(30), 5, seconds(90), seconds(60), seconds(3), seconds(5), seconds(5)),
        new Observer(seconds(1), seconds(4), seconds(2), seconds(5), seconds(1), seconds(4), 0.55),
        new Ends(seconds(2), seconds(20), 0.20, 3, 0.55, seconds(10)));
  }

  /// These limits with another limit for idleness, which is the fleet's policy to set.
  public HealthLimits withIdle(Duration idle) {
    return new HealthLimits(
        watching,
        silence,
        new Use(
            use.window,
            use.emptyHeartbeats,
            idle,
            use.minimumAge,
            use.drainAnswer,
            use.drainRetry,
            use.condemnedInUse),
        observer,
        ends);
  }

  private static void range(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw outOfRange(
          what,
          DurationText.rounded(value),
          DurationText.rounded(least),
          DurationText.rounded(most));
    }
  }

  private static void range(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw outOfRange(what, number(value), number(least), number(most));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static PodiumException.Invalid outOfRange(
      String what, String value, String least, String most) {
    return new PodiumException.Invalid(
        "The health limits cannot be used",
        what + " is " + value + " and must be from " + least + " to " + most,
        "Choose a number in that range.");
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }
}

package dev.podium.fleet.health.record;

import dev.podium.fleet.model.AccessRemedy;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.Evidence.Channel;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.text.CountText;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a verdict says, and what it rests on, in words.
public final class VerdictText {
  /// Until the row HEALTHY, which judges it next, says more.
  public static final String HEARD = "kept: it is heard of";

  /// Said of a VM while the console hears nobody, not even itself.
  public static final String DEAF = "unknown: no heartbeat reaches this computer at present";

  public static final String NEVER_CAUGHT_UP =
      "broken: heartbeats arrive, but it never caught up with what was said before";

  private VerdictText() {}

  /// What keeps it from Pub/Sub and what to do about it; empty if nothing is known to.
  public static Optional<String> accessProblem(VmRecord vm) {
    return vm.accessProblem()
        .map(problem ->
            AccessRemedy.why(problem, vm.vm()) + ". " + AccessRemedy.remedy(problem, vm.vm()));
  }

  public static String inUse(Pulse.Heartbeat beat) {
    if (beat.participants() > 0) {
      return "kept: " + CountText.people(beat.participants());
    }
    // A hold and a leave of this very second look the same: an idle time of 0.
    return "kept: a person holds it or has just left";
  }

  /// `nobody for 12 min`, or what else is known of its use.
  public static String disuse(VmRecord vm, ClockReading now) {
    if (vm.unheard()) {
      return vm.witnessed() ? "nobody was ever seen on it" : "not known whether anybody is on it";
    }
    long unheard = now.since(vm.toldAt()) / 1_000_000_000L;
    if (vm.participants() > 0) {
      return CountText.people(vm.participants())
          + " last seen "
          + DurationText.roundedSeconds(unheard)
          + " ago";
    }
    return "nobody for " + DurationText.roundedSeconds(vm.idleSeconds() + unheard);
  }

  /// The same of a VM on which nobody does anything, though tabs may have been left open.
  public static String inactivity(VmRecord vm, ClockReading now) {
    if (vm.participants() == 0) {
      return disuse(vm, now);
    }
    long unheard = now.since(vm.toldAt()) / 1_000_000_000L;
    return "nobody active for " + DurationText.roundedSeconds(vm.idleSeconds() + unheard);
  }

  public static String drainBegins(VmRecord vm) {
    return vm.drain()
        .map(drain -> "draining: " + drain.reason() + "; it takes nobody any more")
        .orElse("draining: by another console, or by a request that was called off");
  }

  public static String suspect(VmRecord vm, ClockReading now) {
    return "suspect: " + noHeartbeat(vm, now);
  }

  /// What the operator is told when a VM that was, or may have been, in use is given up for dead.
  public static String keptForOperator(VmRecord vm, Duration span) {
    return lastUse(vm)
        + "; it is kept for "
        + DurationText.rounded(span)
        + " unless you destroy it";
  }

  /// What is known of the use of a VM that fell silent while it was, or may have been, in use.
  private static String lastUse(VmRecord vm) {
    if (vm.unheard()) {
      return "It is not known whether anybody is on it";
    }
    return vm.participants() > 0
        ? CountText.people(vm.participants()) + " on it when it fell silent"
        : "A person held it when it fell silent";
  }

  public static String silence(VmRecord vm, ClockReading now) {
    return "no answer on two channels for " + DurationText.roundedNanos(now.since(vm.lastSign()));
  }

  public static String noHeartbeat(VmRecord vm, ClockReading now) {
    return "no heartbeat for " + DurationText.roundedNanos(now.since(vm.lastBeat()));
  }

  public static String probes(VmRecord vm) {
    return CountText.of(vm.probes().failed(), "failed probe")
        + (vm.probes().why().isEmpty() ? "" : ", the last: " + vm.probes().why());
  }

  public static String failingChecks(VmRecord vm) {
    return "its own check fails: "
        + vm.heartbeats()
            .last()
            .map(beat ->
                beat.selfCheck().stream()
                    .map(check -> check + why(vm, check))
                    .collect(Collectors.joining(", ")))
            .orElse("unknown");
  }

  /// What its `/healthz` says of the check, in brackets; nothing if it was not asked or is well.
  private static String why(VmRecord vm, String check) {
    Optional<String> access = check.equals("bus") ? accessProblem(vm) : Optional.empty();
    if (access.isPresent()) {
      return " (" + access.get() + ")";
    }
    return vm.probes()
        .last()
        .map(answer -> answer.failing().get(check))
        .map(sentence -> " (" + sentence + ")")
        .orElse("");
  }

  /// What each channel said last.
  public static List<Evidence> evidence(VmRecord vm, ClockReading now) {
    List<Evidence> evidence = new ArrayList<>(3);
    evidence.add(
        new Evidence(
            Channel.COMPUTE, now.cloud(), "Compute Engine says " + vm.vm().state().name()));
    if (vm.probes().asked()) {
      evidence.add(new Evidence(Channel.PROBE, now.cloud(), probeFinding(vm, now)));
    }
    evidence.add(new Evidence(Channel.HEARTBEAT, now.cloud(), heartFinding(vm, now)));
    return evidence;
  }

  private static String probeFinding(VmRecord vm, ClockReading now) {
    if (vm.probes().failed() > 0) {
      return probes(vm);
    }
    return vm.probes().last().isPresent()
        ? "answered its probe "
            + DurationText.roundedNanos(now.since(vm.probes().answeredAt()))
            + " ago"
        : "probe sent, no answer yet";
  }

  private static String heartFinding(VmRecord vm, ClockReading now) {
    if (vm.heartbeats().last().isEmpty()) {
      return "no heartbeat yet";
    }
    Pulse.Heartbeat beat = vm.heartbeats().last().get();
    String age = DurationText.roundedNanos(now.since(vm.heartbeats().at()));
    String people =
        beat.participants() == 0
            ? "nobody for " + DurationText.roundedSeconds(beat.idleSeconds())
            : CountText.people(beat.participants())
                + ", last act "
                + DurationText.roundedSeconds(beat.idleSeconds())
                + " before";
    return "heartbeat "
        + beat.sequence()
        + ", "
        + age
        + " ago: "
        + people
        + (beat.selfCheck().isEmpty() ? "" : "; " + failingChecks(vm))
        + (beat.draining() ? "; draining" : "");
  }
}

package dev.podium.fleet.health.rules;

import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.Usage;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// By what the rules judge in one step: the limits, the console's doubt and the present moment. It
/// also answers what several rows of the states' table ask of a VM.
///
/// @param usage what counts as use
record StepContext(HealthLimits limits, Usage usage, Sight sight, ClockReading now) {
  /// What every timeout is multiplied by: the observer's score + 1, so 1 to 9.
  int factor() {
    return sight.doubt() + 1;
  }

  /// Asks the fleet for its end, unless that is under way or was put off.
  List<HealthAction> ask(VmRecord vm, End end, String reason) {
    return vm.ending().free(now) ? List.of(new HealthAction.AskToEnd(end, reason)) : List.of();
  }

  /// Whether `limit`, stretched by the console's doubt about itself, has passed since `then`.
  ///
  /// @param then nanoseconds of the monotonic clock
  boolean past(long then, Duration limit) {
    return now.past(then, limit, factor());
  }

  /// Whether its heartbeat has stayed away for so long that it is SUSPECT.
  boolean silent(VmRecord vm) {
    return past(vm.lastBeat(), limits.silence().suspect());
  }

  /// Whether its heartbeat is as late as that, whatever the console thinks of itself.
  boolean isUnheard(VmRecord vm) {
    return now.past(vm.lastBeat(), limits.silence().suspect(), 1);
  }

  /// Whether a new VM is at work: it caught up, and its page answers or people are on it. Where no
  /// probe gets through to any VM, its own word is enough.
  boolean atWork(VmRecord vm) {
    Optional<Pulse.Heartbeat> beat = vm.heartbeats().last().filter(Pulse.Heartbeat::ready);
    boolean used = beat.filter(last -> !usage.nobody(last) && last.participants() > 0).isPresent();
    return beat.isPresent() && (vm.probes().good() || used || sight.pathBlocked());
  }
}

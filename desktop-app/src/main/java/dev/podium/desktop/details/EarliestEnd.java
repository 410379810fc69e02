package dev.podium.desktop.details;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a VM ends if nobody does anything, and why: by the cloud's run limit, or before that
/// because nobody uses it. A decision about its health, which nobody can foresee, is not in it.
///
/// @param policy by what the fleet is run
/// @param ready how many VMs of the fleet take people now; so many as the minimum stay although
///   nobody uses them
record EarliestEnd(FleetPolicy policy, int ready) {
  /// The end in words: `in 40 s if nobody comes: unused for 50 s`.
  ///
  /// @param now by the console's clock
  String of(FleetVm shown, Instant now) {
    Optional<Duration> limit = shown.vm().left(now);
    return switch (shown.health()) {
      case DELETING -> "now: it is being deleted";
      case DRAINING -> "as soon as it is empty: it is drained";
      case CONDEMNED -> "once a last look agrees: " + shown.verdict().reason();
      case STARTING, HEALTHY, IDLE, SUSPECT, UNREACHABLE, BROKEN, TERMINATED, UNKNOWN ->
          unused(shown, now)
              .filter(idle -> limit.isEmpty() || idle.compareTo(limit.get()) < 0)
              .map(idle -> unusedWords(shown, idle, now))
              .or(() -> limit.map(left -> limitWords(shown.vm(), left)))
              .orElse("no limit");
    };
  }

  private static String limitWords(Vm vm, Duration left) {
    String limit = vm.runLimit().map(DurationText::twoUnits).orElse("");
    return (left.isNegative() ? "at any moment" : "in " + DurationText.twoUnits(left))
        + ", the cloud’s limit of "
        + limit;
  }

  // How long until it is drained because nobody uses it; none where that does not happen.
  private Optional<Duration> unused(FleetVm shown, Instant now) {
    boolean nobody = shown.health() == Health.IDLE || shown.health() == Health.HEALTHY;
    boolean stays = shown.vm().pinned() || ready <= policy.scaling().minimum();
    if (!nobody || shown.participants().present() > 0 || stays) {
      return Optional.empty();
    }
    return idle(shown, now)
        .map(idle -> policy.limits().use().idle().minus(idle))
        .map(left -> longer(left, untilOldEnough(shown.vm(), now)))
        .map(left -> longer(left, untilReleased(shown.vm(), now)));
  }

  // The VM said it with its last heartbeat, and has been unused since.
  private static Optional<Duration> idle(FleetVm shown, Instant now) {
    return shown
        .idle()
        .map(said ->
            shown
                .lastHeartbeat()
                .filter(now::isAfter)
                .map(heard -> said.plus(Duration.between(heard, now)))
                .orElse(said));
  }

  private Duration untilOldEnough(Vm vm, Instant now) {
    return Duration.between(now, vm.created().plus(policy.limits().use().minimumAge()));
  }

  private static Duration untilReleased(Vm vm, Instant now) {
    return vm.heldUntil().map(end -> Duration.between(now, end)).orElse(Duration.ZERO);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String unusedWords(FleetVm shown, Duration left, Instant now) {
    String since = idle(shown, now).map(DurationText::twoUnits).orElse("");
    return left.isNegative() || left.isZero()
        ? "as soon as the fleet can spare it: unused for " + since
        : "in " + DurationText.twoUnits(left) + " if nobody comes: unused for " + since;
  }
}

package dev.podium.fleet.simulation;

import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Pub/Sub: every message arrives at least once, most of them soon, some late, some twice, in no
/// order.
final class SimBus {
  private final Simulation world;

  SimBus(Simulation world) {
    this.world = world;
  }

  /// @param published by the cloud's clock
  record Message(Pulse pulse, Instant published) {}

  void publish(Pulse pulse) {
    Message message = new Message(pulse, world.serverTime());
    deliver(message);
    if (world.agenda.chance(world.faults.repeatedMessages())) {
      deliver(message);
    }
  }

  private void deliver(Message message) {
    long delay = delay(world.agenda);
    if (world.agenda.chance(world.faults.lateMessages())) {
      delay += world.agenda.between(Duration.ofMillis(100), Duration.ofSeconds(10));
    }
    world.agenda.in(delay, () -> arrive(message));
  }

  /// What a message takes when all is well, in nanoseconds.
  static long delay(Agenda agenda) {
    return agenda.between(Duration.ofMillis(20), Duration.ofMillis(200));
  }

  private void arrive(Message message) {
    Pulse pulse = message.pulse();
    addressee(pulse)
        .ifPresentOrElse(
            vm -> world.cloud.byName(vm).ifPresent(one -> world.mishaps.received(one, pulse)),
            () -> world.consoles.forEach(console -> console.channels.hear(message)));
  }

  private static Optional<String> addressee(Pulse pulse) {
    return switch (pulse) {
      case Pulse.DrainRequest request -> Optional.of(request.vm());
      case Pulse.DrainCancelled cancelled -> Optional.of(cancelled.vm());
      case Pulse.Heartbeat _,
          Pulse.DrainAnswer _,
          Pulse.Canary _,
          Pulse.Policy _,
          Pulse.SeatsWanted _,
          Pulse.Goodbye _,
          Pulse.Announcement _,
          Pulse.KeysWanted _,
          Pulse.RosterChanged _ ->
          Optional.empty();
    };
  }
}

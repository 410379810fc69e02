package dev.podium.fleet.simulation;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Pub/Sub: every message arrives at least once, most of them soon, some late, some twice, in no
/// order. Who may publish at all may publish anything.
final class SimBus {
  /// So many heartbeats are kept for agents that want to know of the others.
  private static final int LATELY = 64;

  /// How often a console looks whether the topic is there.
  private static final Duration TOPIC_LOOK = Duration.ofSeconds(30);

  private final Simulation world;
  private boolean exists = true;
  private final Deque<ReceivedPulse> lately = new ArrayDeque<>();

  SimBus(Simulation world) {
    this.world = world;
  }

  /// @param author who published it in truth: a [SimVm], a [SimConsole] or the [Thief]
  record Message(ReceivedPulse received, Object author) {
    Pulse pulse() {
      return received.pulse();
    }

    /// By the cloud's clock.
    Instant published() {
      return received.published();
    }
  }

  Message unsigned(Pulse pulse, Object author) {
    return new Message(
        new ReceivedPulse(pulse, body(pulse), Optional.empty(), world.serverTime()), author);
  }

  Message signed(Pulse pulse, PulseSigner signer, Object author) {
    String body = body(pulse);
    return new Message(
        new ReceivedPulse(pulse, body, Optional.of(signer.sign(body)), world.serverTime()), author);
  }

  /// What is signed of a message. The JSON would cost more than all else here.
  private static String body(Pulse pulse) {
    return Integer.toString(pulse.hashCode());
  }

  /// Somebody deletes the pulse topic. What is said from now on is lost until a console makes it
  /// again; what is on its way arrives. Subscriptions of the first bring nothing of the second, and
  /// each is made anew some time after its owner found it silent.
  void deleteTopic() {
    world.referee.fault();
    if (exists) {
      exists = false;
      world.consoles.forEach(console -> console.channels.orphaned());
      world.cloud.all().forEach(vm -> vm.orphaned = true);
      world.agenda.in(TOPIC_LOOK, this::makeTopic);
    }
    world.agenda.atRate(world.faults.topics(), this::deleteTopic);
  }

  private void makeTopic() {
    if (world.consoles.stream().noneMatch(SimConsole::online)) {
      world.agenda.in(TOPIC_LOOK, this::makeTopic);
      return;
    }
    exists = true;
    for (SimVm vm : world.cloud.all()) {
      world.agenda.in(noticed(), () -> vm.orphaned = false);
    }
    List.copyOf(world.consoles)
        .forEach(console -> world.agenda.in(noticed(), console.channels::subscribesAnew));
  }

  private long noticed() {
    return world.agenda.between(Duration.ofSeconds(15), Duration.ofSeconds(40));
  }

  /// @return whether there was a topic to take it
  boolean publish(Message message) {
    if (!exists) {
      return false;
    }
    if (message.pulse() instanceof Pulse.Heartbeat) {
      lately.addLast(message.received());
      if (lately.size() > LATELY) {
        lately.removeFirst();
      }
    }
    world.thief.ifPresent(thief -> thief.overhears(message));
    deliver(message);
    if (world.agenda.chance(world.faults.repeatedMessages())) {
      deliver(message);
    }
    return true;
  }

  /// The newest heartbeats, the last one last.
  Collection<ReceivedPulse> lately() {
    return lately;
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
    for (SimVm vm : addressees(message)) {
      world.mishaps.received(vm, message);
    }
    if (message.author() instanceof SimVm vm && message.pulse() instanceof Pulse.Heartbeat) {
      world.mishaps.cameBack(vm, message);
    }
    List.copyOf(world.consoles).forEach(console -> console.channels.hear(message));
  }

  /// The VMs that do anything with it.
  private List<SimVm> addressees(Message message) {
    return switch (message.pulse()) {
      case Pulse.DrainRequest request -> named(request.vm());
      case Pulse.DrainCancelled cancelled -> named(cancelled.vm());
      case Pulse.RosterChanged _ -> world.cloud.all();
      case Pulse.KeysWanted wanted ->
          wanted.vms().isEmpty()
              ? world.cloud.all()
              : world.cloud.all().stream()
                  .filter(vm -> wanted.vms().contains(vm.vm.name().value()))
                  .toList();
      case Pulse.Heartbeat _,
          Pulse.DrainAnswer _,
          Pulse.Canary _,
          Pulse.Policy _,
          Pulse.SeatsWanted _,
          Pulse.Goodbye _,
          Pulse.PersonRemoved _,
          Pulse.Announcement _ ->
          List.of();
    };
  }

  private List<SimVm> named(String vm) {
    return world.cloud.byName(vm).stream().toList();
  }
}

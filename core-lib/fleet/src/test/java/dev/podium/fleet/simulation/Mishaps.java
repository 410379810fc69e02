package dev.podium.fleet.simulation;

import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What an agent does by itself, and what happens to it.
final class Mishaps {
  private static final Duration UNTIL_LISTED = Duration.ofMinutes(1);

  private final Simulation world;

  Mishaps(Simulation world) {
    this.world = world;
  }

  void booted(SimVm vm) {
    if (vm.deleting || vm.vm.state() != VmState.RUNNING) {
      return;
    }
    vm.booted = true;
    vm.lastAct = world.agenda.now();
    announce(vm);
    beats(vm);
    Faults faults = world.faults;
    Agenda agenda = world.agenda;
    agenda.atRate(faults.deaths(), once(vm, this::die));
    agenda.atRate(faults.hangs(), once(vm, this::hang));
    agenda.atRate(faults.cuts(), once(vm, this::cut));
    agenda.atRate(faults.cuts(), once(vm, this::hide));
    agenda.atRate(faults.deaf(), once(vm, one -> one.deaf = true));
    agenda.atRate(faults.broken(), once(vm, this::fail));
    agenda.atRate(faults.preemptions(), once(vm, world.cloud::stop));
    agenda.atRate(faults.restarts(), once(vm, this::restart));
  }

  private Runnable once(SimVm vm, Consumer<SimVm> mishap) {
    return () -> {
      if (vm.alive() && !vm.deleting) {
        world.referee.fault();
        mishap.accept(vm);
      }
    };
  }

  private void beats(SimVm vm) {
    if (vm.dead || vm.vm.state() == VmState.TERMINATED || vm.deleting) {
      if (vm.deleting && vm.vm.state() == VmState.STOPPING) {
        // A deletion that fails leaves the agent as it was.
        world.agenda.in(world.limits.watching().heartbeat(), () -> beats(vm));
      }
      return;
    }
    beatNow(vm);
    world.agenda.in(world.limits.watching().heartbeat(), () -> beats(vm));
  }

  /// An agent tells at once when somebody comes or goes.
  void beatNow(SimVm vm) {
    if (vm.alive() && vm.cuts == 0) {
      world.bus.publish(vm.agent.said(vm.beat(world.agenda.now()), vm));
    }
  }

  /// An agent tries until it has shown its key, and shows it again until a roster lists it.
  private void announce(SimVm vm) {
    String boot = vm.bootId();
    if (vm.vm.outdated() || vm.dead || vm.vm.state() == VmState.TERMINATED) {
      return;
    }
    boolean shown =
        vm.alive() && vm.cuts == 0 && world.bus.publish(vm.agent.said(vm.agent.announcement(), vm));
    world.agenda.in(
        shown ? UNTIL_LISTED : Duration.ofSeconds(5),
        () -> {
          if (vm.bootId().equals(boot) && !vm.agent.isListed()) {
            announce(vm);
          }
        });
  }

  /// Its own heartbeat came back.
  void cameBack(SimVm vm, SimBus.Message message) {
    if (vm.alive() && !vm.deaf && !vm.orphaned && vm.cuts == 0) {
      vm.agent.cameBack(message.received());
    }
  }

  private void die(SimVm vm) {
    vm.dead = true;
    world.people.flee(vm);
  }

  private void hang(SimVm vm) {
    vm.hangs++;
    world.people.flee(vm);
    world.agenda.in(spell(), () -> vm.hangs--);
  }

  /// Its agent ends and is started anew; it may do so again and again. Whoever was on it comes back
  /// to it, if it is there.
  private void restart(SimVm vm) {
    Agenda agenda = world.agenda;
    vm.hangs++;
    List<SimVm.Person> there = List.copyOf(vm.people);
    vm.lastAct = vm.lastAct(agenda.now());
    vm.people.clear();
    agenda.in(
        agenda.between(Duration.ofSeconds(2), Duration.ofSeconds(8)),
        () -> {
          vm.hangs--;
          vm.startAnew(agenda.now());
          announce(vm);
          beatNow(vm);
          there.forEach(person -> world.people.comeBack(vm, person));
        });
    if (agenda.chance(0.5)) {
      agenda.in(
          agenda.between(Duration.ofSeconds(9), Duration.ofMinutes(1)), once(vm, this::restart));
    }
  }

  private void cut(SimVm vm) {
    if (vm.cuts++ == 0) {
      vm.cutSince = world.agenda.now();
    }
    world.people.flee(vm);
    world.agenda.in(spell(), () -> vm.cuts--);
  }

  private void hide(SimVm vm) {
    vm.unseen++;
    vm.wasUnwell = true;
    world.agenda.in(spell(), () -> vm.unseen--);
  }

  private void fail(SimVm vm) {
    vm.broken = true;
    vm.wasUnwell = true;
    world.agenda.in(spell(), () -> vm.broken = false);
  }

  private long spell() {
    return 1_000_000_000L + world.agenda.exponential(Duration.ofMinutes(4));
  }

  /// A message of the pulse topic arrives at the agent.
  void received(SimVm vm, SimBus.Message message) {
    if (!vm.alive() || vm.deaf || vm.orphaned || vm.cuts > 0) {
      return;
    }
    switch (message.pulse()) {
      case Pulse.DrainRequest request -> {
        if (request.vmId().filter(id -> !id.equals(vm.vm.id())).isPresent()
            || !vm.agent.believes(message.received())) {
          return;
        }
        Pulse.DrainAnswer answer = vm.drain(request, world.agenda.now());
        world.bus.publish(vm.agent.said(answer, vm));
        if (answer.accepted()) {
          world.referee.drains(vm, request);
          world.people.moveOn(vm);
          beatNow(vm);
        }
      }
      case Pulse.DrainCancelled cancelled -> {
        if (!vm.agent.believes(message.received())) {
          return;
        }
        world.referee.calledOff(vm, cancelled);
        if (vm.cancel(cancelled.id())) {
          beatNow(vm);
        }
      }
      case Pulse.Heartbeat _,
          Pulse.DrainAnswer _,
          Pulse.Canary _,
          Pulse.Policy _,
          Pulse.SeatsWanted _,
          Pulse.Goodbye _,
          Pulse.PersonRemoved _,
          Pulse.Announcement _ -> {}
      case Pulse.KeysWanted _ -> {
        if (vm.agent.believes(message.received())) {
          announce(vm);
        }
      }
      case Pulse.RosterChanged changed -> vm.agent.follow(message.received(), changed);
    }
  }
}

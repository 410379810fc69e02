package dev.podium.fleet.simulation;

import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Those who use the fleet. They come in waves, take the VM with the most free seats, type now and
/// then, leave, or forget to leave. Who finds no seat waits at a door; whose VM fails looks for
/// another one.
final class People {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration KNOCK = Duration.ofSeconds(5);

  private final Simulation world;
  private final double perHour;
  private final double forgetful;
  private final double holds;
  private int waiting;
  private int most;
  private boolean busy = true;
  private boolean knocking;

  People(Simulation world, Random random) {
    this.world = world;
    this.perHour = random.nextInt(5) == 0 ? 0 : 1 + random.nextDouble() * 30;
    this.forgetful = random.nextInt(3) == 0 ? 0.3 : 0.02;
    this.holds = random.nextInt(3) == 0 ? 0.1 : 0;
    world.agenda.atRate(perHour, this::come);
    world.agenda.atRate(0.7, this::turn);
  }

  /// Waves: an hour of many, an hour of none.
  private void turn() {
    busy = !busy;
    world.agenda.atRate(0.7, this::turn);
  }

  private void come() {
    if (busy) {
      look(world.agenda.now());
    }
    world.agenda.atRate(perHour, this::come);
  }

  int waiting() {
    return waiting;
  }

  /// The most people that were ever there at once.
  int most() {
    return most;
  }

  private void look(long since) {
    Optional<SimVm> free = roomiest();
    if (free.isPresent()) {
      sit(free.get());
      count();
      return;
    }
    waiting++;
    count();
    knock();
    stay(since);
  }

  private void count() {
    int there = world.cloud.all().stream().mapToInt(vm -> vm.people.size()).sum();
    most = Math.max(most, there + waiting);
  }

  private void stay(long since) {
    world.agenda.in(
        world.agenda.between(Duration.ofSeconds(2), Duration.ofSeconds(6)),
        () -> {
          Optional<SimVm> free = roomiest();
          if (free.isPresent()) {
            waiting--;
            world.referee.seated(world.agenda.now() - since);
            sit(free.get());
          } else if (world.agenda.now() - since > PATIENCE.toNanos()) {
            waiting--;
          } else {
            stay(since);
          }
        });
  }

  private Optional<SimVm> roomiest() {
    long now = world.agenda.now();
    return world.cloud.all().stream()
        .filter(vm -> vm.serves(now) && !vm.draining() && !vm.broken && vm.free() > 0)
        .max(Comparator.comparingInt(SimVm::free));
  }

  private void sit(SimVm vm) {
    long now = world.agenda.now();
    boolean forgets = world.agenda.chance(forgetful);
    long period = forgets ? 0 : world.agenda.between(Duration.ofSeconds(20), Duration.ofMinutes(9));
    SimVm.Person person = new SimVm.Person(now, period);
    vm.people.add(person);
    vm.lastAct = now;
    if (world.agenda.chance(holds)) {
      vm.heldUntil = now + Duration.ofMinutes(30).toNanos();
    }
    world.mishaps.beatNow(vm);
    Duration mean = forgets ? Duration.ofHours(20) : Duration.ofMinutes(25);
    world.agenda.in(
        world.agenda.exponential(mean),
        () -> {
          if (vm.people.remove(person)) {
            vm.lastAct = person.period() == 0 ? vm.lastAct : world.agenda.now();
            world.mishaps.beatNow(vm);
          }
        });
  }

  private void knock() {
    if (knocking) {
      return;
    }
    knocking = true;
    Optional<SimVm> door =
        world.cloud.all().stream().filter(vm -> vm.serves(world.agenda.now())).findFirst();
    door.ifPresent(vm -> {
      vm.agent.place().ifPresent(world.referee::sentTo);
      Pulse wanted = new Pulse.SeatsWanted(vm.vm.name().value(), waiting, Optional.empty());
      world.bus.publish(vm.agent.said(wanted, vm));
    });
    // Without any door, they ask the first console's API, which counts them by itself.
    world.agenda.in(
        KNOCK,
        () -> {
          knocking = false;
          if (waiting > 0) {
            knock();
          }
        });
  }

  /// Whether there is no VM whose door could ask for seats.
  boolean noDoor() {
    return world.cloud.all().stream().noneMatch(vm -> vm.serves(world.agenda.now()));
  }

  /// The VM works no more: its people look for another.
  void flee(SimVm vm) {
    List<SimVm.Person> there = List.copyOf(vm.people);
    there.forEach(person ->
        world.agenda.in(
            world.agenda.between(Duration.ofSeconds(20), Duration.ofSeconds(90)),
            () -> {
              if (!vm.serves(world.agenda.now()) && vm.people.remove(person)) {
                look(world.agenda.now());
              }
            }));
  }

  /// A page that lost its line tries the same VM first.
  void comeBack(SimVm vm, SimVm.Person person) {
    world.agenda.in(
        world.agenda.between(Duration.ofMillis(200), Duration.ofSeconds(15)),
        () -> {
          long now = world.agenda.now();
          if (vm.serves(now) && !vm.draining() && !vm.deleting && vm.free() > 0) {
            vm.people.add(new SimVm.Person(now, person.period()));
            world.mishaps.beatNow(vm);
          } else {
            look(now);
          }
        });
  }

  /// The VM drains: whoever is on it is moved to another, or sent away.
  void moveOn(SimVm vm) {
    world.agenda.in(
        world.agenda.between(Duration.ofSeconds(1), Duration.ofSeconds(20)),
        () -> {
          if (vm.draining() && !vm.people.isEmpty()) {
            vm.agent.place().ifPresent(world.referee::sentTo);
            int moved = vm.people.size();
            vm.people.clear();
            for (int i = 0; i < moved; i++) {
              look(world.agenda.now());
            }
            world.mishaps.beatNow(vm);
          }
        });
  }

  /// The machine is off.
  void leaveAll(SimVm vm) {
    int left = vm.people.size();
    vm.people.clear();
    for (int i = 0; i < left; i++) {
      look(world.agenda.now());
    }
  }
}

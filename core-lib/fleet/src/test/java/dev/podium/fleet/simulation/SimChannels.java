package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A console's three channels, each of which fails for a while now and then. They are what it hears
/// through Pub/Sub, which VMs it reaches, and whether Compute Engine answers it.
final class SimChannels {
  private static final int HEARING = 1;
  private static final int REACHING = 2;
  private static final int CALLING = 4;

  private final Simulation world;
  private final SimConsole console;
  private final Deque<SimBus.Message> undelivered = new ArrayDeque<>();
  private int deafSpells;
  private long deafSince;
  private int blindSpells;
  private long blindUntil = Long.MIN_VALUE / 2;
  private int offlineSpells;
  private boolean orphaned;
  final boolean probesCut;

  SimChannels(Simulation world, SimConsole console) {
    this.world = world;
    this.console = console;
    this.probesCut = console.draw("probes") < world.faults.probesCut();
    world.agenda.atRate(world.faults.blind(), this::fail);
  }

  private void fail() {
    if (console.ended()) {
      return;
    }
    world.referee.fault();
    int which = 1 + world.agenda.random().nextInt(HEARING + REACHING + CALLING);
    long span = 1_000_000_000L + world.agenda.exponential(Duration.ofMinutes(5));
    if ((which & HEARING) != 0) {
      if (deafSpells++ == 0) {
        deafSince = world.agenda.now();
      }
      world.agenda.in(span, this::hearAgain);
    }
    if ((which & REACHING) != 0) {
      blindSpells++;
      blindUntil = Math.max(blindUntil, world.agenda.now() + span);
      world.agenda.in(span, () -> blindSpells--);
    }
    if ((which & CALLING) != 0) {
      offlineSpells++;
      world.agenda.in(span, () -> offlineSpells--);
    }
    world.agenda.atRate(world.faults.blind(), this::fail);
  }

  /// Pub/Sub has kept what it could not deliver.
  private void hearAgain() {
    if (--deafSpells == 0) {
      List<SimBus.Message> late = List.copyOf(undelivered);
      undelivered.clear();
      late.forEach(message -> world.agenda.in(SimBus.delay(world.agenda), () -> hear(message)));
    }
  }

  /// Its subscription belongs to a topic that was deleted.
  void orphaned() {
    if (!orphaned) {
      orphaned = true;
      if (deafSpells++ == 0) {
        deafSince = world.agenda.now();
      }
    }
  }

  /// It noticed, if it is awake, and has a new subscription.
  void subscribesAnew() {
    if (!orphaned) {
      return;
    }
    if (console.asleep()) {
      world.agenda.in(Duration.ofSeconds(30), this::subscribesAnew);
      return;
    }
    orphaned = false;
    hearAgain();
  }

  /// A message arrives, now or when it can.
  void hear(SimBus.Message message) {
    if (orphaned) {
      return;
    }
    if (deafSpells > 0) {
      undelivered.add(message);
    } else {
      console.received(message);
    }
  }

  /// Whether the cloud answers it.
  boolean online() {
    return offlineSpells == 0;
  }

  boolean work() {
    return deafSpells == 0 && blindSpells == 0 && offlineSpells == 0;
  }

  /// How long nothing of the pulse topic has reached the console; 0 if it hears. Nanoseconds.
  long deafFor() {
    return deafSpells == 0 ? 0 : world.agenda.now() - deafSince;
  }

  /// Whether it reached no VM at some moment since then.
  boolean wasBlindSince(long then) {
    return blindUntil > then;
  }

  /// A call of Compute Engine: there, and back.
  <T> void call(Supplier<T> request, Consumer<T> answered, Consumer<PodiumException> failed) {
    Optional<PodiumException> refusal = refusal();
    if (refusal.isPresent()) {
      world.agenda.in(latency(), () -> console.deliver(_ -> failed.accept(refusal.get())));
      return;
    }
    world.agenda.in(
        latency(),
        () -> {
          try {
            T answer = request.get();
            if (world.agenda.chance(world.faults.lostAnswers())) {
              throw unavailable();
            }
            world.agenda.in(latency(), () -> console.deliver(_ -> answered.accept(answer)));
          } catch (PodiumException e) {
            world.agenda.in(latency(), () -> console.deliver(_ -> failed.accept(e)));
          }
        });
  }

  private Optional<PodiumException> refusal() {
    if (offlineSpells > 0 || world.agenda.chance(world.faults.errorRate503())) {
      return Optional.of(unavailable());
    }
    return world.agenda.chance(world.faults.errorRate429())
        ? Optional.of(new PodiumException.RateLimited("The call failed", "429", "", null))
        : Optional.empty();
  }

  private static PodiumException unavailable() {
    return new PodiumException.Unavailable("The call failed", "503", "", null);
  }

  long latency() {
    long most = Math.min(world.faults.slowOperations().toNanos() / 8, 3_000_000_000L);
    return world.agenda.between(Duration.ofMillis(20), Duration.ofMillis(250))
        + (long) (world.agenda.random().nextDouble() * (double) most);
  }

  /// A probe of a VM's health page.
  void probe(Vm vm, Consumer<HealthProbe.Result> answered) {
    Duration timeout = world.limits.watching().probeTimeout();
    if (blindSpells > 0 || probesCut) {
      world.agenda.in(timeout, () -> console.deliver(_ -> answered.accept(silent("no answer"))));
      return;
    }
    world.agenda.in(
        latency(),
        () -> {
          HealthProbe.Result result =
              world
                  .cloud
                  .byId(vm)
                  .map(one -> one.probed(world.agenda.now()))
                  .orElseGet(() -> silent("connection refused"));
          long more = result instanceof HealthProbe.Result.Silent ? timeout.toNanos() : latency();
          world.agenda.in(more, () -> console.deliver(_ -> answered.accept(result)));
        });
  }

  private static HealthProbe.Result silent(String why) {
    return new HealthProbe.Result.Silent(why);
  }
}

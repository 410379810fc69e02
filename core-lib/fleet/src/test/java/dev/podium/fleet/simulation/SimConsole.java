package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.health.Effects;
import dev.podium.fleet.health.FleetWatch;
import dev.podium.fleet.health.OperatorView;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.identity.EnrolledKeys;
import dev.podium.fleet.identity.PulseIntake;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.scaler.Scaling;
import dev.podium.fleet.scaler.SeatDemand;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.fleet.testing.MemoryTokens;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One console: the production classes, and the computer they run on, which sleeps and whose clock
/// jumps. What reaches it, and what it reaches, is its [SimChannels]' matter.
final class SimConsole implements Effects, PulseIntake.Listener {
  final String name;
  final FleetWatch watch;
  final EventStream events = new EventStream();
  final SimChannels channels;
  final Signs signs;
  private final Simulation world;
  private final Mutation mutation;
  private final Scaling scaling;
  private final SimEnding ending;
  final boolean older;
  private final SimKeys.SimKey key;
  private final PulseSigner signer;
  private final EnrolledKeys keys;
  private final PulseIntake intake;
  private final Deque<Consumer<ClockReading>> inbox = new ArrayDeque<>();
  private final boolean clockStopsInSleep;
  private boolean ended;
  private boolean asleep;
  private boolean jumped;
  private long slept;
  private long wokeAt;
  private Duration wallOffset;
  private Duration cloudAhead = Duration.ZERO;

  /// @param older whether it is of the release before, which signs nothing and believes all
  SimConsole(Simulation world, String name, Mutation mutation, boolean older) {
    this.older = older;
    this.world = world;
    this.name = name;
    this.mutation = mutation;
    this.wokeAt = world.agenda.now();
    this.clockStopsInSleep = world.agenda.random().nextBoolean();
    boolean skewed = draw("skew") < world.faults.skews();
    this.wallOffset =
        skewed ? Duration.ofMinutes((long) (draw("hours") * 600) - 300) : Duration.ZERO;
    this.channels = new SimChannels(world, this);
    this.signs = new Signs(world, name);
    this.ending = new SimEnding(world, this, mutation);
    this.scaling =
        new Scaling(
            Simulation.FLEET,
            () -> world.policy,
            events,
            guests(),
            (_, _) -> OptionalDouble.of(Simulation.PRICE),
            (wanted, _) -> creation().begin(wanted),
            SpendingLedger.none());
    this.watch =
        new FleetWatch(
            world.limits,
            mutation.rulebook(world.limits),
            name,
            scaling,
            this,
            events,
            new OperatorView(() -> Simulation.SEATS, _ -> OptionalDouble.of(Simulation.PRICE)),
            moment());
    this.key = world.keys.makeForConsole();
    this.signer =
        new PulseSigner(
            key.signer(TextSigner.CONSOLE), Simulation.FLEET, name, world.ticker(() -> wallOffset));
    this.keys = new EnrolledKeys(world.keys::console, world.keys::read);
    this.intake =
        new PulseIntake(
            Simulation.FLEET,
            name,
            keys,
            MemoryTokens.INSTANCE,
            signer.clock(),
            world.ticker(() -> wallOffset),
            this::later,
            task -> later(Duration.ofMillis(100), task),
            () -> {},
            events,
            this::send);
    if (!older) {
      intake.start(this);
    }
    world.agenda.in(world.agenda.between(Duration.ZERO, Duration.ofSeconds(20)), this::tick);
    world.agenda.atRate(world.faults.sleeps(), this::sleep);
    world.agenda.atRate(world.faults.jumps(), this::jump);
    world.agenda.atRate(world.faults.crashes(), this::crash);
  }

  /// Whoever finds no door at all asks this console's API.
  private SeatDemand guests() {
    return new SeatDemand() {
      @Override
      public int waiting() {
        boolean first = world.consoles.isEmpty() || world.consoles.getFirst() == SimConsole.this;
        return first && world.people.waiting() > 0 && world.people.noDoor()
            ? world.people.waiting()
            : 0;
      }

      @Override
      public Map<String, Integer> reserved() {
        return Map.of();
      }

      @Override
      public void refused(PodiumException why) {}
    };
  }

  private void later(Duration after, Runnable task) {
    world.agenda.in(after, () -> deliver(_ -> task.run()));
  }

  SimKeys.SimKey key() {
    return key;
  }

  /// Whether it knows by which key the VM speaks.
  boolean knowsKeyOf(SimVm vm) {
    return keys.sender(vm.agent.key().id()).isPresent();
  }

  ClockReading moment() {
    long nanos = world.agenda.now() - (clockStopsInSleep ? slept : 0);
    Duration ahead = mutation.knowsCloudsClock() ? cloudAhead : Duration.ZERO;
    return new ClockReading(nanos, world.serverTime().plus(wallOffset), ahead);
  }

  /// An answer's date tells how far off the computer's clock is.
  private void answered() {
    cloudAhead = wallOffset.negated();
  }

  /// From 0 to below 1, of the seed and the console alone.
  double draw(String what) {
    return new Random(world.seed * 31 + (name + what).hashCode()).nextDouble();
  }

  boolean asleep() {
    return asleep;
  }

  /// Whether it can make a topic.
  boolean online() {
    return !asleep && !ended && channels.online();
  }

  private void tick() {
    if (!asleep && !ended) {
      if (jumped) {
        jumped = false;
        wokeAt = world.agenda.now();
        signs.wakes();
      }
      watch.tick(moment());
      world.agenda.in(world.limits.watching().tick(), this::tick);
    }
  }

  private void crash() {
    world.referee.fault();
    ended = true;
    inbox.clear();
    intake.close();
    long closed = 5_000_000_000L + world.agenda.exponential(Duration.ofMinutes(10));
    world.agenda.in(closed, () -> world.openAgain(this));
  }

  /// Whether it is no more. What it asked of the cloud goes on.
  boolean ended() {
    return ended;
  }

  private void sleep() {
    if (ended) {
      return;
    }
    if (!asleep) {
      world.referee.fault();
      asleep = true;
      long began = world.agenda.now();
      world.agenda.in(
          1_000_000_000L + world.agenda.exponential(Duration.ofMinutes(8)), () -> wake(began));
    }
    world.agenda.atRate(world.faults.sleeps(), this::sleep);
  }

  private void wake(long began) {
    if (ended) {
      return;
    }
    long span = world.agenda.now() - began;
    slept += span;
    asleep = false;
    if (span >= world.limits.observer().sleep().toNanos()) {
      wokeAt = world.agenda.now();
    }
    if (shows(span)) {
      signs.wakes();
    }
    // Even a nap may show, by how far the clocks have drifted apart.
    world.referee.countsAnew(this);
    tick();
    while (!inbox.isEmpty()) {
      inbox.poll().accept(moment());
    }
  }

  /// Whether a nap shows: in the time between two ticks, or in how far the clocks drifted apart.
  private boolean shows(long span) {
    long gap = span + world.limits.watching().tick().toNanos();
    return gap >= world.limits.observer().sleep().toNanos()
        || (clockStopsInSleep && span >= world.limits.observer().drift().toNanos());
  }

  private void jump() {
    if (ended) {
      return;
    }
    if (!asleep) {
      world.referee.fault();
      long seconds = world.agenda.random().nextInt(7_200) - 3_600L;
      wallOffset = wallOffset.plusSeconds(seconds);
      world.referee.countsAnew(this);
      // It shows at the next look at the clocks.
      jumped |= Math.abs(seconds) > world.limits.observer().drift().toSeconds() + 1;
    }
    world.agenda.atRate(world.faults.jumps(), this::jump);
  }

  /// Whether nothing at all is wrong with it, in truth.
  boolean well() {
    return !asleep && !ended && channels.work() && watch.status().trusted();
  }

  /// Whether it would drain that VM if it were asked: a pin must be lifted first.
  boolean knowsUnpinned(SimVm vm) {
    return !ended
        && watch
            .record(vm.vm.id())
            .filter(record -> record.vm().keptBy(moment().cloud()).isEmpty())
            .isPresent();
  }

  /// How long ago it began or woke, or its clock jumped; nanoseconds.
  long sinceWaking() {
    return world.agenda.now() - wokeAt;
  }

  /// A message of the pulse topic has come through.
  void received(SimBus.Message message) {
    Pulse pulse = message.pulse();
    deliver(now -> {
      if (pulse instanceof Pulse.Heartbeat beat && message.author() instanceof SimVm) {
        signs.beat(beat);
      } else if (pulse instanceof Pulse.Canary canary && message.author() == this) {
        signs.back(message, canary);
      }
      if (older) {
        watch.heard(mutation.heard(pulse, watch), message.published(), now);
      } else {
        ReceivedPulse received = message.received();
        received.signature().ifPresent(own -> signer.heard(own, received.published()));
        intake.take(mutation.taken(received, keys));
      }
    });
  }

  @Override
  public void believed(ReceivedPulse received) {
    ReceivedPulse proved = mutation.proved(received);
    watch.heard(mutation.heard(proved.pulse(), watch), proved.published(), moment());
  }

  @Override
  public void enrolled(String vmId) {
    watch.enrolled(vmId);
  }

  /// Runs it now, or when the computer wakes.
  void deliver(Consumer<ClockReading> message) {
    if (ended) {
      return;
    }
    if (asleep) {
      inbox.add(message);
    } else {
      message.accept(moment());
    }
  }

  /// What the cloud says of the fleet, as this console understands it.
  VmList fleet() {
    VmList list = listed();
    return new VmList(
        list.vms().stream().map(vm -> mutation.read(vm, this)).toList(), list.unreached());
  }

  Optional<Vm> read(Vm vm) {
    return world.cloud.get(vm.zone(), vm.name()).map(one -> mutation.read(shown(one), this));
  }

  private VmList listed() {
    VmList list = world.cloud.list();
    return new VmList(list.vms().stream().map(this::shown).toList(), list.unreached());
  }

  /// The release before does not know that VMs may sign.
  Vm shown(Vm vm) {
    return older ? VmBuilder.like(vm).signs(true).build() : vm;
  }

  @Override
  public void probe(Vm vm) {
    channels.probe(vm, result -> probed(vm, result));
  }

  /// A probe came back, whoever sent it.
  void probed(Vm vm, HealthProbe.Result result) {
    if (result instanceof HealthProbe.Result.Answered answered) {
      signs.answer(vm.id(), answered);
    }
    watch.probed(vm.id(), mutation.probed(result, vm), moment());
  }

  @Override
  public void send(Pulse pulse) {
    if (ended) {
      return;
    }
    world.referee.asked(pulse);
    world.bus.publish(
        older ? world.bus.unsigned(pulse, this) : world.bus.signed(pulse, signer, this));
  }

  @Override
  public void list() {
    channels.call(
        this::listed,
        vms -> {
          answered();
          watch.listed(vms, moment());
        },
        _ -> watch.listFailed("no answer"));
  }

  @Override
  public void confirmMissing(Vm vm) {
    channels.call(
        () -> read(vm), read -> watch.reread(vm, read, moment()), _ -> watch.rereadFailed());
  }

  @Override
  public void end(Vm vm, End end, String reason) {
    ending.begin(vm, end, reason);
  }

  /// What was accepted by the cloud is over, and this console hears of it.
  void after(CompletableFuture<Void> done, Runnable then, Consumer<PodiumException> failed) {
    var _ =
        done.whenComplete((_, failure) ->
            world.agenda.in(
                channels.latency(),
                () ->
                    deliver(_ -> {
                      if (failure == null) {
                        then.run();
                      } else {
                        failed.accept(podium(failure));
                      }
                    })));
  }

  private SimCreation creation() {
    return new SimCreation(world, this, scaling, mutation);
  }

  private static PodiumException podium(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof PodiumException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return (PodiumException) cause;
  }
}

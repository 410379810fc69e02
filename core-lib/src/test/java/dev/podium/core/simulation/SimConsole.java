package dev.podium.core.simulation;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.event.EventStream;
import dev.podium.core.fleet.Guests;
import dev.podium.core.fleet.Scaler;
import dev.podium.core.fleet.ScalerMemory.Outcome;
import dev.podium.core.fleet.Scaling;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.Effects;
import dev.podium.core.health.FleetView;
import dev.podium.core.health.FleetWatch;
import dev.podium.core.health.LastLook;
import dev.podium.core.health.LastLook.Answer;
import dev.podium.core.health.LastLook.Ask;
import dev.podium.core.health.Moment;
import dev.podium.core.health.VmEnding;
import dev.podium.core.model.Labels;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One console: the production classes, and the computer they run on, which sleeps, whose clock
/// jumps, and whose network fails in parts.
final class SimConsole implements Effects {
  final String name;
  final FleetWatch watch;
  final EventStream events = new EventStream();
  private final Simulation world;
  private final Mutation mutation;
  private final Scaling scaling;
  private final Deque<Consumer<Moment>> inbox = new ArrayDeque<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<String, Long> signs = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final boolean clockStopsInSleep;
  private boolean asleep;
  private long slept;
  private long wokeAt = Long.MIN_VALUE / 2;
  private Duration wallOffset = Duration.ZERO;
  private int deafSpells;
  private long deafSince;
  private int blindSpells;
  private int offlineSpells;
  private int turns;

  SimConsole(Simulation world, String name, Mutation mutation) {
    this.world = world;
    this.name = name;
    this.mutation = mutation;
    this.clockStopsInSleep = world.agenda.random().nextBoolean();
    this.scaling =
        new Scaling(
            Simulation.FLEET,
            () -> world.policy,
            events,
            guests(),
            (_, _) -> OptionalDouble.of(0.02),
            (creation, _) -> create(creation));
    this.watch =
        new FleetWatch(
            world.limits,
            mutation.rulebook(world.limits),
            name,
            scaling,
            this,
            events,
            new FleetView(Simulation.SEATS, _ -> 0.02),
            moment());
    world.agenda.in(world.agenda.between(Duration.ZERO, Duration.ofSeconds(20)), this::tick);
    world.agenda.atRate(world.faults.sleeps(), this::sleep);
    world.agenda.atRate(world.faults.jumps(), this::jump);
    world.agenda.atRate(world.faults.blind(), this::goBlind);
  }

  /// Whoever finds no door at all asks this console's API.
  private Guests guests() {
    return new Guests() {
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

  Moment moment() {
    long nanos = world.agenda.now() - (clockStopsInSleep ? slept : 0);
    return new Moment(nanos, world.serverTime().plus(wallOffset));
  }

  private void tick() {
    if (!asleep) {
      watch.tick(moment());
      world.agenda.in(world.limits.watching().tick(), this::tick);
    }
  }

  private void sleep() {
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
    long span = world.agenda.now() - began;
    slept += span;
    asleep = false;
    if (span >= world.limits.observer().sleep().toNanos()) {
      wokeAt = world.agenda.now();
      world.referee.countsAnew();
    }
    tick();
    while (!inbox.isEmpty()) {
      inbox.poll().accept(moment());
    }
  }

  private void jump() {
    if (!asleep) {
      world.referee.fault();
      long seconds = world.agenda.random().nextInt(7_200) - 3_600L;
      wallOffset = wallOffset.plusSeconds(seconds);
      if (Math.abs(seconds) > world.limits.observer().drift().toSeconds() + 1) {
        wokeAt = world.agenda.now();
        world.referee.countsAnew();
      }
    }
    world.agenda.atRate(world.faults.jumps(), this::jump);
  }

  /// Some of its three channels fail for a while.
  private void goBlind() {
    world.referee.fault();
    int which = 1 + world.agenda.random().nextInt(7);
    long span = 1_000_000_000L + world.agenda.exponential(Duration.ofMinutes(5));
    if ((which & 1) != 0) {
      if (deafSpells++ == 0) {
        deafSince = world.agenda.now();
      }
      world.agenda.in(span, () -> deafSpells--);
    }
    if ((which & 2) != 0) {
      blindSpells++;
      world.agenda.in(span, () -> blindSpells--);
    }
    if ((which & 4) != 0) {
      offlineSpells++;
      world.agenda.in(span, () -> offlineSpells--);
    }
    world.agenda.atRate(world.faults.blind(), this::goBlind);
  }

  boolean awake() {
    return !asleep;
  }

  /// Whether nothing at all is wrong with it, in truth.
  boolean well() {
    return !asleep
        && deafSpells == 0
        && blindSpells == 0
        && offlineSpells == 0
        && watch.sight().trusted();
  }

  /// How long ago it woke, or its clock jumped; nanoseconds.
  long sinceWaking() {
    return world.agenda.now() - wokeAt;
  }

  /// How long nothing of the pulse topic has reached it; 0 if it hears.
  long deafFor() {
    return deafSpells == 0 ? 0 : world.agenda.now() - deafSince;
  }

  /// How long ago the VM last gave this console a sign of life; nanoseconds.
  long sinceSign(String id) {
    return world.agenda.now() - signs.getOrDefault(id, Long.MIN_VALUE / 2);
  }

  void received(Pulse pulse) {
    if (deafSpells > 0) {
      // Pub/Sub keeps what it could not deliver.
      world.agenda.in(Duration.ofSeconds(1), () -> received(pulse));
      return;
    }
    deliver(
        now -> {
          if (pulse instanceof Pulse.Heartbeat beat && isNews(beat)) {
            signs.put(beat.vmId(), world.agenda.now());
          }
          watch.heard(mutation.heard(pulse, watch), now);
        });
  }

  /// What was delivered before, or before something later, is no sign of life.
  private boolean isNews(Pulse.Heartbeat beat) {
    boolean news = beat.sequence() > sequences.getOrDefault(beat.vmId(), 0L);
    if (news) {
      sequences.put(beat.vmId(), beat.sequence());
    }
    return news;
  }

  private void deliver(Consumer<Moment> message) {
    if (asleep) {
      inbox.add(message);
    } else {
      message.accept(moment());
    }
  }

  /// A call of Compute Engine: there, and back.
  private <T> void call(
      Supplier<T> request, Consumer<T> answered, Consumer<PodiumException> failed) {
    Optional<PodiumException> refusal = refusal();
    if (refusal.isPresent()) {
      world.agenda.in(latency(), () -> deliver(_ -> failed.accept(refusal.get())));
      return;
    }
    world.agenda.in(
        latency(),
        () -> {
          try {
            T answer = request.get();
            world.agenda.in(latency(), () -> deliver(_ -> answered.accept(answer)));
          } catch (PodiumException e) {
            world.agenda.in(latency(), () -> deliver(_ -> failed.accept(e)));
          }
        });
  }

  private Optional<PodiumException> refusal() {
    if (offlineSpells > 0 || world.agenda.chance(world.faults.errorRate503())) {
      return Optional.of(new PodiumException.Unavailable("The call failed", "503", "", null));
    }
    return world.agenda.chance(world.faults.errorRate429())
        ? Optional.of(new PodiumException.RateLimited("The call failed", "429", "", null))
        : Optional.empty();
  }

  private long latency() {
    long most = Math.min(world.faults.slowOperations().toNanos() / 8, 3_000_000_000L);
    return world.agenda.between(Duration.ofMillis(20), Duration.ofMillis(250))
        + (long) (world.agenda.random().nextDouble() * (double) most);
  }

  @Override
  public void probe(Vm vm) {
    probed(
        vm,
        result -> {
          if (result instanceof HealthProbe.Result.Answered) {
            signs.put(vm.id(), world.agenda.now());
          }
          watch.probed(vm.id(), result, moment());
        });
  }

  private void probed(Vm vm, Consumer<HealthProbe.Result> answered) {
    if (blindSpells > 0) {
      world.agenda.in(
          world.limits.watching().probeTimeout(),
          () -> deliver(_ -> answered.accept(new HealthProbe.Result.Silent("no answer in time"))));
      return;
    }
    world.agenda.in(
        latency(),
        () -> {
          HealthProbe.Result result =
              world
                  .cloud
                  .byName(vm.name().value())
                  .filter(one -> one.vm.id().equals(vm.id()))
                  .map(one -> one.probed(world.agenda.now()))
                  .orElseGet(() -> new HealthProbe.Result.Silent("connection refused"));
          long more =
              result instanceof HealthProbe.Result.Silent
                  ? world.limits.watching().probeTimeout().toNanos()
                  : latency();
          world.agenda.in(more, () -> deliver(_ -> answered.accept(result)));
        });
  }

  @Override
  public void send(Pulse pulse) {
    world.bus.publish(pulse);
  }

  private List<Vm> fleet() {
    return world.cloud.list().stream().map(vm -> mutation.read(vm, this)).toList();
  }

  private Optional<Vm> read(Vm vm) {
    return world.cloud.get(vm.zone(), vm.name()).map(one -> mutation.read(one, this));
  }

  @Override
  public void list() {
    call(world.cloud::list, vms -> watch.listed(vms, moment()), _ -> watch.listFailed(moment()));
  }

  @Override
  public void confirmMissing(Vm vm) {
    call(() -> read(vm), read -> watch.reread(vm, read, moment()), _ -> watch.listFailed(moment()));
  }

  @Override
  public void end(Vm vm, End end, String reason) {
    LastLook look =
        new LastLook(
            LastLook.Plan.of(
                vm,
                end,
                Simulation.FLEET,
                name,
                ++turns,
                VmEnding.deletionId(vm, failures.getOrDefault(vm.id(), 0)),
                world.limits.watching().probeTimeout()));
    ask(look, look.start(), new SimCloud.Deletion(this, end, reason), vm);
  }

  private void ask(LastLook look, Ask ask, SimCloud.Deletion by, Vm vm) {
    Consumer<Answer> next = answer -> ask(look, look.next(answer, moment()), by, vm);
    Optional<Answer> unasked = mutation.answer(ask, vm, this);
    if (unasked.isPresent()) {
      next.accept(unasked.get());
      return;
    }
    Consumer<PodiumException> failed = failure -> next.accept(new Answer.Failed(failure));
    SimCloud.Deletion sent = asOfNow(by, vm);
    switch (ask) {
      case Ask.Read _ -> call(() -> read(vm), read -> next.accept(new Answer.Found(read)), failed);
      case Ask.Probe(Vm seen) -> probed(seen, result -> next.accept(new Answer.Probed(result)));
      case Ask.Consent consent ->
          next.accept(new Answer.Objected(watch.objection(consent, by.end(), moment())));
      case Ask.Label(Vm seen, Map<String, String> labels) ->
          call(
              () -> {
                world.cloud.setLabels(seen, labels, mutation.checksFingerprints());
                return labels;
              },
              _ -> next.accept(new Answer.Labelled()),
              failed);
      case Ask.Survey _ -> call(this::fleet, vms -> next.accept(new Answer.Surveyed(vms)), failed);
      case Ask.Delete(Vm seen, var request) ->
          call(
              () -> world.cloud.delete(seen.zone(), seen.name(), request, sent),
              done -> next.accept(new Answer.Deleting(new ComputeCloud.Started("operation", done))),
              failed);
      case Ask.Over(LastLook.Outcome outcome) -> over(outcome, by, vm);
    }
  }

  private SimCloud.Deletion asOfNow(SimCloud.Deletion by, Vm vm) {
    Optional<SimVm> truth =
        world.cloud.byName(vm.name().value()).filter(one -> one.vm.id().equals(vm.id()));
    return by.sent(
        sinceSign(vm.id()),
        truth.filter(one -> one.used(world.agenda.now(), world.limits.use().window())).isPresent(),
        truth.filter(one -> one.vm.pinned()).isPresent());
  }

  private void over(LastLook.Outcome outcome, SimCloud.Deletion by, Vm vm) {
    switch (outcome) {
      case LastLook.Outcome.Missing _ -> watch.missing(vm.id(), moment());
      case LastLook.Outcome.Refused(String why) -> watch.endRefused(vm.id(), why, moment());
      case LastLook.Outcome.Failed(PodiumException failure) ->
          watch.endRefused(vm.id(), failure.sentence(), moment());
      case LastLook.Outcome.Accepted(ComputeCloud.Started deletion) -> {
        watch.endAccepted(vm.id(), by.reason(), moment());
        after(
            deletion.done(),
            () -> watch.missing(vm.id(), moment()),
            failure -> {
              failures.merge(vm.id(), 1, Integer::sum);
              watch.endFailed(vm.id(), failure.sentence(), moment());
            });
      }
    }
  }

  private void after(
      CompletableFuture<Void> done, Runnable then, Consumer<PodiumException> failed) {
    var _ =
        done.whenComplete(
            (_, failure) ->
                world.agenda.in(
                    latency(),
                    () ->
                        deliver(
                            _ -> {
                              if (failure == null) {
                                then.run();
                              } else {
                                failed.accept(podium(failure));
                              }
                            })));
  }

  private static PodiumException podium(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof PodiumException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return (PodiumException) cause;
  }

  private void create(Scaler.Creation creation) {
    VmName asked = creation.slot().name();
    VmName used = mutation.name(creation, world.agenda.random());
    Map<String, String> labels = new HashMap<>(creation.slot().labels());
    labels.put(Labels.FLEET, Simulation.FLEET);
    call(
        () -> world.cloud.insert(used, creation.slot().zone(), labels, creation.spot()),
        done ->
            after(
                done,
                () ->
                    call(
                        () -> world.cloud.get(creation.slot().zone(), used),
                        read -> {
                          read.ifPresent(vm -> watch.found(vm, moment()));
                          scaling.settled(asked, new Outcome.Made(), moment());
                        },
                        _ -> scaling.settled(asked, new Outcome.Made(), moment())),
                failure -> scaling.settled(asked, outcome(failure), moment())),
        failure -> scaling.settled(asked, outcome(failure), moment()));
  }

  private static Outcome outcome(PodiumException failure) {
    return switch (failure) {
      case PodiumException.AlreadyExists _ -> new Outcome.Adopted();
      case PodiumException.NoCapacity _ -> new Outcome.NoRoom(failure);
      case PodiumException.RateLimited _, PodiumException.Unavailable _ ->
          new Outcome.Busy(failure);
      default -> new Outcome.Refused(failure);
    };
  }
}

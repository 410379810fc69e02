package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One run from one seed. The seed settles everything: the faults, the policy, the limits, who
/// comes when.
final class Simulation {
  static final String FLEET = "class";
  static final int SEATS = 4;

  /// US dollars an hour, of each VM.
  static final double PRICE = 0.02;

  /// An hour, where consoles' clocks are wrong.
  private static final double HOLDS = 3;

  static final Duration RUN_LIMIT = Duration.ofHours(8);

  final long seed;
  final Agenda agenda;
  final Faults faults;
  final HealthLimits limits;
  final boolean demo;
  final ScalingPolicy policy;
  final Referee referee;
  final SimCloud cloud;
  final SimBus bus;
  final Mishaps mishaps;
  final People people;
  final List<SimConsole> consoles = new ArrayList<>();
  final Mutation mutation;
  final SimKeys keys;
  Optional<Thief> thief = Optional.empty();
  private int begun;

  /// @param faults what goes wrong; drawn from the seed if null
  Simulation(long seed, @Nullable Faults faults, Mutation mutation) {
    this.seed = seed;
    this.agenda = new Agenda(seed);
    Random random = agenda.random();
    Faults drawn = DrawnFaults.draw(random);
    this.mutation = mutation;
    this.keys = new SimKeys(mutation);
    this.faults =
        faults == null ? DrawnFaults.withStrangers(drawn, new Random(seed + 1_000_003)) : faults;
    ScalingPolicy usual = policy(random);
    this.policy = this.faults.roomy() ? roomy(usual) : usual;
    this.demo = random.nextInt(8) == 0;
    this.limits =
        (demo ? HealthLimits.demo() : calmly(HealthLimits.standard())).withIdle(policy.idle());
    this.referee = new Referee(this);
    this.cloud = new SimCloud(this);
    this.bus = new SimBus(this);
    this.mishaps = new Mishaps(this);
    this.people = new People(this, random);
    for (int i = 0; i < this.faults.consoles(); i++) {
      consoles.add(console());
    }
    for (int i = 1; i <= this.faults.outdated(); i++) {
      cloud.insertOutdated(i);
    }
    agenda.atRate(this.faults.stolen(), this::steal);
    agenda.atRate(1, this::pin);
    agenda.atRate(this.faults.operators(), this::operate);
    agenda.atRate(this.faults.topics(), bus::deleteTopic);
    // Holds end at a time of day, so they show whose clock counts.
    agenda.atRate(this.faults.skews() > 0 ? HOLDS : 0, this::hold);
    agenda.in(Duration.ofMinutes(1), this::everyMinute);
  }

  private SimConsole console() {
    return new SimConsole(
        this, "console-" + ++begun, mutation, faults.older() && consoles.isEmpty());
  }

  /// Somebody opens a console again, which knows nothing of the one before and has another id.
  void openAgain(SimConsole ended) {
    consoles.set(
        consoles.indexOf(ended), new SimConsole(this, "console-" + ++begun, mutation, ended.older));
  }

  /// The standard limits, but for a look at the clock every two seconds: half the work, and no
  /// other verdict.
  private static HealthLimits calmly(HealthLimits limits) {
    HealthLimits.Watching often = limits.watching();
    return new HealthLimits(
        new HealthLimits.Watching(
            often.heartbeat(),
            Duration.ofSeconds(2),
            often.list(),
            often.probe(),
            often.probeTimeout()),
        limits.silence(),
        limits.use(),
        limits.observer(),
        limits.ends());
  }

  private static ScalingPolicy policy(Random random) {
    ScalingPolicy usual = ScalingPolicy.defaults(Duration.ofMinutes(30));
    ScalingPolicy.Provisioning[] provisioning = ScalingPolicy.Provisioning.values();
    int minimum = random.nextInt(4);
    int maximum = minimum + 1 + random.nextInt(8);
    return new ScalingPolicy(
        minimum,
        maximum,
        SEATS,
        random.nextInt(3) == 0 ? random.nextInt(6) : 0,
        Duration.ofMinutes(5 + random.nextInt(26)),
        SimCloud.ZONES,
        usual.machineType(),
        usual.image(),
        provisioning[random.nextInt(provisioning.length)],
        RUN_LIMIT,
        random.nextInt(4) == 0 ? PRICE * (1 + random.nextInt(maximum)) : 0,
        random.nextInt(8) == 0 ? 0.2 + random.nextDouble() * 2 : 0);
  }

  /// Wide enough for a thief to show how far he gets.
  private static ScalingPolicy roomy(ScalingPolicy policy) {
    return new ScalingPolicy(
        policy.minimum(),
        150,
        policy.seats(),
        policy.spare(),
        policy.idle(),
        policy.zones(),
        policy.machineType(),
        policy.image(),
        policy.provisioning(),
        policy.runLimit(),
        0,
        0);
  }

  /// Somebody takes over a VM that works, as soon as there is one.
  private void steal() {
    List<SimVm> able = cloud.all().stream().filter(vm -> vm.alive() && !vm.vm.outdated()).toList();
    if (able.isEmpty()) {
      agenda.atRate(faults.stolen(), this::steal);
      return;
    }
    referee.fault();
    referee.tally.stolen++;
    thief = Optional.of(new Thief(this, able.get(agenda.random().nextInt(able.size()))));
  }

  /// Whether somebody took that VM over.
  boolean isStolen(SimVm vm) {
    return thief.filter(one -> one.has(vm)).isPresent();
  }

  /// A machine's clocks.
  ///
  /// @param ahead of the cloud's clock is its wall clock
  Ticker ticker(Supplier<Duration> ahead) {
    return new Ticker() {
      @Override
      public long nanos() {
        return agenda.now();
      }

      @Override
      public Instant wall() {
        return serverTime().plus(ahead.get());
      }
    };
  }

  Instant serverTime() {
    return SimCloud.START.plusNanos(agenda.now());
  }

  /// A person pins a VM for a while, through no console of these. Rather one that does not work,
  /// which they want to look into.
  private void pin() {
    List<SimVm> all = cloud.all();
    if (!all.isEmpty()) {
      SimVm any = all.get(agenda.random().nextInt(all.size()));
      SimVm one = all.stream().filter(vm -> !vm.alive()).findFirst().orElse(any);
      label(one, true);
      agenda.in(
          agenda.between(Duration.ofMinutes(1), Duration.ofMinutes(40)), () -> label(one, false));
    }
    agenda.atRate(1, this::pin);
  }

  /// A person holds a VM for a while, through no console of these.
  private void hold() {
    List<SimVm> all = cloud.all();
    if (!all.isEmpty()) {
      SimVm one = all.get(agenda.random().nextInt(all.size()));
      Duration span = Duration.ofMinutes(20 + agenda.random().nextInt(40));
      Map<String, String> labels = new HashMap<>(one.vm.labels());
      labels.put(Labels.HOLD, Long.toString(serverTime().plus(span).getEpochSecond()));
      if (relabel(one.vm, labels)) {
        one.labelledAt = agenda.now();
        one.labelledUntil = agenda.now() + span.toNanos();
      }
    }
    agenda.atRate(HOLDS, this::hold);
  }

  /// A person wants a VM gone, and says so at a console or goes elsewhere.
  private void operate() {
    List<SimVm> all = cloud.all();
    if (!all.isEmpty()) {
      SimVm one = all.get(agenda.random().nextInt(all.size()));
      SimConsole console = consoles.get(agenda.random().nextInt(consoles.size()));
      referee.fault();
      one.operated = true;
      if (agenda.random().nextBoolean()) {
        cloud.deletedByHand(one);
      } else if (console.knowsUnpinned(one)) {
        console.deliver(now -> console.watch.drain(one.vm.name(), "the operator drains it", now));
      }
    }
    agenda.atRate(faults.operators(), this::operate);
  }

  private void label(SimVm one, boolean pinned) {
    Vm vm = one.vm;
    if (!cloud.reached(vm.zone())) {
      agenda.in(Duration.ofMinutes(1), () -> label(one, pinned));
      return;
    }
    Map<String, String> labels = new HashMap<>(vm.labels());
    if (pinned) {
      labels.put(Labels.PIN, "true");
      // What has just been claimed may be past saving.
      one.pinnedLate =
          labels.containsKey(Labels.CLAIM)
              && agenda.now() - one.claimedAt < limits.ends().claim().toNanos();
    } else {
      labels.remove(Labels.PIN);
    }
    relabel(vm, labels);
  }

  /// Unless it ended meanwhile.
  private boolean relabel(Vm vm, Map<String, String> labels) {
    boolean there =
        cloud.reached(vm.zone()) && cloud.get(vm.zone(), vm.name()).filter(vm::equals).isPresent();
    if (there) {
      cloud.setLabels(vm, labels, true);
    }
    return there;
  }

  /// Speaks of a VM as who reads of a broken promise must know it.
  String named(SimVm vm) {
    return vm.vm.name()
        + (vm.vm.outdated() ? " (outdated)" : "")
        + (isStolen(vm) ? " (stolen)" : "")
        + (thief.isPresent() ? " with a thief" : "");
  }

  private void everyMinute() {
    referee.everyMinute();
    agenda.in(Duration.ofMinutes(1), this::everyMinute);
  }

  /// Runs it. The demo limits, at which all goes about ten times as fast, need a tenth of the time.
  Referee run(Duration span) {
    agenda.runUntil(demo ? span.toNanos() / 10 : span.toNanos());
    return referee;
  }
}

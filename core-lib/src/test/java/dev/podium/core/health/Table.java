package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.health.Action.AskToEnd;
import dev.podium.core.health.Action.End;
import dev.podium.core.model.Health;
import dev.podium.core.model.Labels;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmState;
import dev.podium.core.testing.ManualTicker;
import dev.podium.core.testing.VmBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One VM under the rules and a clock that the test moves: the rows of the tests' tables are
/// written in these words.
final class Table {
  final HealthRules rules;
  final HealthLimits limits;
  final ManualTicker ticker = new ManualTicker();
  final List<Action> actions = new ArrayList<>();
  VmRecord vm;
  int doubt;
  int people;
  long idleSeconds = 1;
  boolean draining;
  boolean ready = true;
  List<String> failing = List.of();
  String boot = "b1";
  private long sequence;

  Table(HealthLimits limits) {
    this.limits = limits;
    this.rules = new HealthRules(limits);
    this.vm = rules.found(machine(VmState.RUNNING, Map.of()), true, now());
    pass(Duration.ofMillis(1));
  }

  static Table standard() {
    return new Table(HealthLimits.standard());
  }

  static Vm machine(VmState state, Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(labels);
    all.put(Labels.FLEET, "f");
    return VmBuilder.vm("77", "vm-1").state(state).labels(all).address("10.0.0.7").build();
  }

  /// A VM that is ready and heard of.
  Table ready() {
    beat();
    good();
    return this;
  }

  /// A VM with that many people, seen healthy.
  Table withPeople(int count) {
    people = count;
    return ready();
  }

  /// Nobody has been on it for long enough that it is idle.
  Table idle() {
    ready();
    beats(limits.use().emptyHeartbeats());
    return this;
  }

  Table beat() {
    return see(new Observation.Beat(heartbeat(), ticker.wall()));
  }

  /// The newest heartbeat that counted, to be delivered again.
  Observation.Beat again() {
    return new Observation.Beat(vm.heartbeats().last().orElseThrow(), vm.heartbeats().published());
  }

  Table oldBeat() {
    return see(new Observation.OldBeat(heartbeat(), ticker.wall()));
  }

  private Pulse.Heartbeat heartbeat() {
    return new Pulse.Heartbeat(
        "vm-1",
        "77",
        boot,
        ++sequence,
        "http://10.0.0.7:8080/",
        people,
        50,
        idleSeconds,
        ready,
        draining,
        failing,
        List.of());
  }

  Table beats(int count) {
    for (int i = 0; i < count; i++) {
      pass(limits.watching().heartbeat());
      beat();
    }
    return this;
  }

  /// The same while nobody does anything on it.
  Table idleBeats(int count) {
    for (int i = 0; i < count; i++) {
      idleSeconds += limits.watching().heartbeat().toSeconds();
      beats(1);
    }
    return this;
  }

  Table good() {
    return see(
        new Observation.Probed(
            new HealthProbe.Result.Answered(true, boot, "ok", people, idleSeconds)));
  }

  Table failedProbe() {
    return see(new Observation.Probed(new HealthProbe.Result.Silent("connection refused")));
  }

  Table cloudSays(VmState state) {
    return see(new Observation.Listed(machine(state, Map.of())));
  }

  Table see(Observation seen) {
    HealthRules.Step step = rules.step(vm, seen, doubt, now());
    vm = step.vm();
    actions.addAll(step.actions());
    return this;
  }

  /// Time passes and the monitor ticks; the VM says nothing, and its probes fail.
  Table silent(Duration span) {
    Duration step = Duration.ofSeconds(1);
    for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(step)) {
      pass(step);
      tick();
      if (vm.probes().inFlight()) {
        failedProbe();
      }
    }
    return this;
  }

  Table pass(Duration span) {
    ticker.pass(span);
    return this;
  }

  Table tick() {
    actions.clear();
    return see(new Observation.Tick());
  }

  Moment now() {
    return Moment.of(ticker);
  }

  Health health() {
    return vm.health();
  }

  String reason() {
    return vm.verdict().reason();
  }

  /// Why that end would not be wanted any more.
  Optional<String> changedMind(End end) {
    return rules.changedMind(vm, end, now());
  }

  /// What the last tick asked the fleet's rules for.
  List<End> ends() {
    return actions.stream()
        .filter(AskToEnd.class::isInstance)
        .map(action -> ((AskToEnd) action).end())
        .toList();
  }
}

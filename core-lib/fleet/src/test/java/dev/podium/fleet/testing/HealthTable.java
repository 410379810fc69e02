package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One VM under the rules and a clock that the test moves: the rows of the tests' tables are
/// written in these words.
public final class HealthTable {
  public final HealthRules rules;
  public final HealthLimits limits;
  final ManualTicker ticker = new ManualTicker();
  public final List<HealthAction> actions = new ArrayList<>();
  public VmRecord vm;
  public int doubt;
  private boolean pathBlocked;
  private boolean deaf;
  public int people;
  public long idleSeconds = 1;
  public boolean draining;
  public boolean ready = true;
  public List<String> failing = List.of();
  public String boot = "b1";
  private long sequence;

  public HealthTable(HealthLimits limits) {
    this.limits = limits;
    this.rules = new HealthRules(limits);
    this.vm = rules.found(machine(VmState.RUNNING, Map.of()), true, now());
    pass(Duration.ofMillis(1));
  }

  public static HealthTable standard() {
    return new HealthTable(HealthLimits.standard());
  }

  public static Vm machine(VmState state, Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(labels);
    all.put(Labels.FLEET, "f");
    return VmBuilder.vm("77", "vm-1").state(state).labels(all).address("10.0.0.7").build();
  }

  /// A VM that is ready and heard of.
  public HealthTable ready() {
    beat();
    good();
    return this;
  }

  /// A VM with that many people, seen healthy.
  public HealthTable withPeople(int count) {
    people = count;
    return ready();
  }

  /// Nobody has been on it for long enough that it is idle.
  public HealthTable idle() {
    ready();
    beats(limits.use().emptyHeartbeats());
    return this;
  }

  public HealthTable beat() {
    return see(new Observation.Beat(heartbeat(), ticker.wall()));
  }

  /// The newest heartbeat that counted, to be delivered again.
  public Observation.Beat again() {
    return new Observation.Beat(vm.heartbeats().last().orElseThrow(), vm.heartbeats().published());
  }

  public HealthTable oldBeat() {
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
        List.of(),
        0);
  }

  public HealthTable beats(int count) {
    for (int i = 0; i < count; i++) {
      pass(limits.watching().heartbeat());
      beat();
    }
    return this;
  }

  /// The same while nobody does anything on it.
  public HealthTable idleBeats(int count) {
    for (int i = 0; i < count; i++) {
      idleSeconds += limits.watching().heartbeat().toSeconds();
      beats(1);
    }
    return this;
  }

  public HealthTable good() {
    return see(
        new Observation.Probed(
            new HealthProbe.Result.Answered(true, boot, "ok", people, idleSeconds)));
  }

  /// No probe of this console gets through to any VM.
  public HealthTable pathBlocked(boolean blocked) {
    pathBlocked = blocked;
    return this;
  }

  /// The console hears nobody, not even itself.
  public HealthTable deaf(boolean hearsNobody) {
    deaf = hearsNobody;
    return this;
  }

  public HealthTable failedProbe() {
    return see(new Observation.Probed(new HealthProbe.Result.Silent("connection refused")));
  }

  public HealthTable cloudSays(VmState state) {
    return see(new Observation.Listed(machine(state, Map.of())));
  }

  public HealthTable see(Observation seen) {
    HealthRules.Step step = rules.step(vm, seen, new Sight(doubt, deaf, pathBlocked), now());
    vm = step.vm();
    actions.addAll(step.actions());
    return this;
  }

  /// Time passes and the monitor ticks; the VM says nothing, and its probes fail.
  public HealthTable silent(Duration span) {
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

  public HealthTable pass(Duration span) {
    ticker.pass(span);
    return this;
  }

  public HealthTable tick() {
    actions.clear();
    return see(new Observation.Tick());
  }

  public ClockReading now() {
    return ClockReading.of(ticker);
  }

  public Health health() {
    return vm.health();
  }

  public String reason() {
    return vm.verdict().reason();
  }

  /// Why that end would not be wanted any more.
  public Optional<String> changedMind(End end) {
    return rules.changedMind(vm, end, now());
  }

  /// What the last tick asked the fleet's rules for.
  public List<End> ends() {
    return actions.stream()
        .filter(AskToEnd.class::isInstance)
        .map(action -> ((AskToEnd) action).end())
        .toList();
  }
}

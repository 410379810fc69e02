package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.event.FleetEvent.Activity;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.AskToEnd;
import dev.podium.core.health.Action.End;
import dev.podium.core.model.Evidence;
import dev.podium.core.model.Health;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The health of the whole fleet, as one state that moves from step to step. Not for more than one
/// thread, and without a clock: each call says when it is. [HealthMonitor] drives it in earnest, a
/// simulator drives it in seconds through years.
public final class FleetWatch {
  private static final int GONE_KEPT = 10_000;

  private HealthLimits limits;
  private HealthRules rules;
  private final ObserverRules observerRules;
  private final EndRules endRules;
  private final Canary canary;
  private final String console;
  private final IntSupplier minimum;
  private final Effects effects;
  private final EventStream events;
  private final FleetView view;

  private final Map<String, VmRecord> records = new LinkedHashMap<>();
  private final Map<String, String> idByName = new LinkedHashMap<>();
  // An answer that was on its way when a VM ended must not bring it back to life.
  private final Set<String> gone =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > GONE_KEPT;
            }
          });
  private ObserverRules.State observer;
  private int failedCalls;
  private long drains;
  private boolean listedOnce;
  private boolean listing;
  private long listStarted;
  private boolean listSoon = true;
  private @Nullable List<EndRules.Wanted> asks;

  /// @param console this console's id, in claims, drains and canaries: lower-case letters, digits
  ///   and hyphens
  /// @param minimum how many VMs the policy keeps, asked at each tick
  public FleetWatch(
      HealthLimits limits,
      String console,
      IntSupplier minimum,
      Effects effects,
      EventStream events,
      FleetView view,
      Moment start) {
    this.limits = limits;
    this.rules = new HealthRules(limits);
    this.observerRules = new ObserverRules(limits);
    this.endRules = new EndRules(limits);
    this.canary = new Canary(console, limits.observer());
    this.console = console;
    this.minimum = minimum;
    this.effects = effects;
    this.events = events;
    this.view = view;
    this.observer = ObserverRules.State.start(start);
  }

  /// Time passed. Must come before what else arrived meanwhile, so that a sleep is noticed first.
  public void tick(Moment now) {
    Census census = Census.of(records.values(), limits, now);
    ObserverRules.Step step =
        observerRules.tick(
            observer,
            new ObserverRules.Noticed(
                failedCalls, canary.overdue(now), census.silent(), census.expected()),
            now);
    failedCalls = 0;
    observer = step.state();
    if (!step.slept().isEmpty()) {
      startAgain(step.slept(), now);
    }
    canary.due(now).ifPresent(effects::send);
    listIfDue(now);
    judgeAll(now);
    EndRules.Fleet fleet = census.fleet(minimum.getAsInt());
    events.publish(
        new FleetEvent.MonitorTicked(now.wall(), observer.score(), endRules.banner(fleet)));
  }

  /// Judges VMs by other limits from the next step on. The observer's own and the throttle stay.
  public void limits(HealthLimits next) {
    limits = next;
    rules = new HealthRules(next);
  }

  private void startAgain(String why, Moment now) {
    canary.backlog(now);
    listSoon = true;
    List.copyOf(records.keySet()).forEach(id -> step(id, new Observation.Slept(why), now));
    tell(
        now,
        Level.WARNING,
        Optional.empty(),
        why + ", so every VM is looked at afresh and nothing ends until that is done",
        List.of());
  }

  private void listIfDue(Moment now) {
    // A call that never comes back must not stop the list for good.
    boolean hung =
        listing
            && now.past(listStarted, limits.watching().list().multipliedBy(2), 1)
            && now.since(listStarted) >= 30_000_000_000L;
    if (hung) {
      failedCalls++;
      listing = false;
    }
    boolean due = !listedOnce || now.past(listStarted, limits.watching().list(), 1);
    if (!listing && (listSoon || due)) {
      listing = true;
      listSoon = false;
      listStarted = now.nanos();
      effects.list();
    }
  }

  private void judgeAll(Moment now) {
    List<EndRules.Wanted> wanted = new ArrayList<>();
    asks = wanted;
    for (VmRecord vm : List.copyOf(records.values())) {
      if (!rules.quiet(vm, now)) {
        step(vm.vm().id(), new Observation.Tick(), now);
      }
    }
    asks = null;
    if (!wanted.isEmpty()) {
      EndRules.Fleet fleet = Census.of(records.values(), limits, now).fleet(minimum.getAsInt());
      endRules
          .decide(wanted, fleet, observer.trusted(), now)
          .forEach(decision -> carryOut(decision, now));
    }
  }

  private void carryOut(EndRules.Decision decision, Moment now) {
    Vm vm = decision.wanted().vm().vm();
    AskToEnd ask = decision.wanted().ask();
    if (decision.held().isPresent()) {
      step(vm.id(), new Observation.EndHeld(decision.held().get()), now);
    } else if (ask.end().drains()) {
      permitDrain(vm.id(), ask.end() == End.DRAIN_ADOPTED, ask.reason(), now);
    } else {
      step(vm.id(), new Observation.EndPermitted(), now);
      effects.end(vm, ask.end(), ask.reason());
    }
  }

  private void permitDrain(String id, boolean force, String reason, Moment now) {
    String fence = console + "-" + now.wall().toEpochMilli() + "-" + ++drains;
    step(id, new Observation.DrainPermitted(fence, force, reason), now);
  }

  /// A message of the pulse topic.
  public void heard(Pulse pulse, Moment now) {
    switch (pulse) {
      case Pulse.Heartbeat beat -> beat(beat, now);
      case Pulse.DrainAnswer answer ->
          named(answer.vm()).ifPresent(id -> step(id, new Observation.DrainAnswered(answer), now));
      case Pulse.Canary back -> canary.heard(back);
      case Pulse.SeatsWanted wanted -> effects.seatsWanted(wanted);
      case Pulse.Goodbye _ -> listSoon = true;
      // What consoles say to VMs is not for consoles.
      case Pulse.DrainRequest _, Pulse.DrainCancelled _ -> {}
    }
  }

  private void beat(Pulse.Heartbeat beat, Moment now) {
    if (canary.inBacklog(now)) {
      return;
    }
    if (records.containsKey(beat.vmId())) {
      step(beat.vmId(), new Observation.Beat(beat), now);
    } else {
      listSoon = true;
    }
  }

  /// Compute Engine's list came back.
  public void listed(List<Vm> vms, Moment now) {
    listing = false;
    Set<String> seen = new HashSet<>();
    for (Vm vm : vms) {
      seen.add(vm.id());
      // What is new after a sleep may have been at work for hours.
      see(vm, listedOnce && observer.trusted(), now);
    }
    listedOnce = true;
    records.values().stream()
        .map(VmRecord::vm)
        .filter(vm -> !seen.contains(vm.id()))
        .toList()
        .forEach(effects::confirmMissing);
  }

  /// Compute Engine's list did not come back.
  public void listFailed(Moment now) {
    listing = false;
    failedCalls++;
  }

  /// One VM was read, or has just been created.
  public void found(Vm vm, Moment now) {
    see(vm, true, now);
  }

  private void see(Vm vm, boolean created, Moment now) {
    if (gone.contains(vm.id())) {
      return;
    }
    if (records.containsKey(vm.id())) {
      step(vm.id(), new Observation.Listed(vm), now);
      return;
    }
    boolean young =
        switch (vm.state()) {
          case PROVISIONING, STAGING -> true;
          case RUNNING, STOPPING, TERMINATED, SUSPENDING, SUSPENDED, REPAIRING, UNKNOWN -> created;
        };
    VmRecord record = rules.found(vm, young, now);
    records.put(vm.id(), record);
    idByName.put(vm.name().value(), vm.id());
    events.publish(new FleetEvent.VmChanged(view.of(record)));
    step(vm.id(), new Observation.Listed(vm), now);
  }

  /// The cloud knows the VM no more.
  public void missing(String id, Moment now) {
    gone.add(id);
    forget(id, "gone: its run limit or somebody outside Podium ended it", now);
  }

  /// The VM does not carry the fleet's label any more: it is none of Podium's business, until it
  /// carries it again.
  public void left(String id, Moment now) {
    forget(id, "gone: somebody took the fleet's label off it", now);
  }

  private void forget(String id, String otherwise, Moment now) {
    VmRecord record = records.remove(id);
    if (record == null) {
      return;
    }
    idByName.remove(record.vm().name().value(), id);
    boolean ours = record.health() == Health.DELETING;
    String reason = ours ? record.verdict().reason() : otherwise;
    events.publish(new FleetEvent.VmGone(record.vm().name(), id, reason));
    events.publish(
        new Activity(
            now.wall(),
            ours ? Actor.MONITOR : Actor.CLOUD,
            Level.INFO,
            Optional.of(record.vm().name()),
            ours ? "gone: " + reason : reason,
            Sentences.evidence(record, now)));
  }

  /// A probe came back.
  public void probed(String id, HealthProbe.Result result, Moment now) {
    step(id, new Observation.Probed(result), now);
  }

  /// The operator asks that the VM be drained; people on it are moved on.
  ///
  /// @return whether the VM is known
  /// @throws PodiumException.Conflict if it is pinned
  public boolean drain(VmName name, String reason, Moment now) {
    Optional<String> id = named(name.value());
    if (id.map(records::get).filter(vm -> vm.vm().pinned()).isPresent()) {
      throw new PodiumException.Conflict(
          "The VM '" + name + "' was not drained", "it is pinned", "Lift the pin first.", null);
    }
    id.ifPresent(known -> permitDrain(known, true, reason, now));
    return id.isPresent();
  }

  /// The cloud accepted the VM's deletion.
  public void endAccepted(String id, String reason, Moment now) {
    step(id, new Observation.EndAccepted(reason), now);
  }

  /// The last look disagreed, or another console was first.
  public void endRefused(String id, String why, Moment now) {
    endRules.giveBack(id);
    step(id, new Observation.EndRefused(why), now);
  }

  /// The deletion failed after it was accepted.
  public void endFailed(String id, String why, Moment now) {
    step(id, new Observation.EndFailed(why), now);
  }

  /// Whether channel A still agrees, at this moment, that the VM may end in this way.
  public boolean stillAgrees(String id, End end, Moment now) {
    VmRecord vm = records.get(id);
    if (vm == null || !observer.trusted() || vm.vm().pinned()) {
      return false;
    }
    return switch (end) {
      case DELETE_DEAD -> vm.health() == Health.CONDEMNED && vm.signs() == 0;
      case DELETE_DRAINED ->
          vm.health() == Health.DRAINING
              && vm.drain().filter(VmRecord.Drain::accepted).isPresent()
              && (vm.participants() == 0 || vm.drain().get().emptyAnswer());
      case DELETE_DEAF -> rules.deaf(vm, now);
      case DELETE_STOPPED -> vm.health() == Health.TERMINATED;
      case DRAIN_IDLE, DRAIN_BROKEN, DRAIN_ADOPTED -> false;
    };
  }

  /// What is remembered of a VM, for tests and the simulator.
  public Optional<VmRecord> record(String id) {
    return Optional.ofNullable(records.get(id));
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(idByName.get(name));
  }

  private void step(String id, Observation seen, Moment now) {
    VmRecord before = records.get(id);
    if (before == null) {
      return;
    }
    HealthRules.Step step = rules.step(before, seen, observer.score(), now);
    VmRecord after = step.vm();
    if (!after.equals(before)) {
      records.put(id, after);
      events.publish(new FleetEvent.VmChanged(view.of(after)));
      tellOfMove(before, after, now);
    }
    step.actions().forEach(action -> perform(action, after, now));
  }

  private void perform(Action action, VmRecord vm, Moment now) {
    String name = vm.vm().name().value();
    switch (action) {
      case Action.SendProbe _ -> effects.probe(vm.vm());
      case Action.SendDrain(String id, boolean force) ->
          effects.send(new Pulse.DrainRequest(id, name, force));
      case Action.CancelDrain(String id) -> effects.send(new Pulse.DrainCancelled(id, name));
      case Action.Tell(Level level, String sentence) ->
          tell(now, level, Optional.of(vm.vm().name()), sentence, vm.verdict().evidence());
      // Heard at ticks only: then every request of the fleet is weighed against every other.
      case AskToEnd ask -> {
        if (asks != null) {
          asks.add(new EndRules.Wanted(vm, ask));
        }
      }
    }
  }

  private void tellOfMove(VmRecord before, VmRecord after, Moment now) {
    Health from = before.health();
    Health to = after.health();
    if (from == to || to == Health.UNKNOWN || from == Health.UNKNOWN) {
      return;
    }
    Level level =
        switch (to) {
          case SUSPECT, UNREACHABLE, BROKEN, CONDEMNED, TERMINATED -> Level.WARNING;
          case STARTING, HEALTHY, IDLE, DRAINING, DELETING, UNKNOWN -> Level.INFO;
        };
    tell(
        now,
        level,
        Optional.of(after.vm().name()),
        after.verdict().reason(),
        after.verdict().evidence());
  }

  private void tell(
      Moment now, Level level, Optional<VmName> vm, String sentence, List<Evidence> evidence) {
    events.publish(new Activity(now.wall(), Actor.MONITOR, level, vm, sentence, evidence));
  }
}

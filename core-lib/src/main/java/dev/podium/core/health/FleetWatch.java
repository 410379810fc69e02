package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.AskToEnd;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.Observation.Beat;
import dev.podium.core.health.Observation.OldBeat;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The health of the whole fleet, as one state that moves from step to step. Not for more than one
/// thread, and without a clock: each call says when it is. [HealthMonitor] drives it in earnest, a
/// simulator drives it in seconds through years.
public final class FleetWatch {
  private static final String ANOTHER_CONSOLE = "another console is destroying this";

  private HealthLimits limits;
  private HealthRules rules;
  private final EndRules endRules;
  private final Observer observer;
  private final String console;
  private final Upkeep upkeep;
  private final Effects effects;
  private final HealthEvents events;
  private final Claims claims;

  private final Roster records = new Roster();
  private final UnlistedHeartbeats unlisted = new UnlistedHeartbeats();
  private long drains;
  private int keep;
  private @Nullable List<EndRules.Wanted> asks;

  /// @param console this console's id, in claims, drains and canaries: lower-case letters, digits
  ///   and hyphens
  /// @param rules how it judges
  /// @param upkeep what keeps the fleet at its size
  public FleetWatch(
      HealthLimits limits,
      Rulebook rules,
      String console,
      Upkeep upkeep,
      Effects effects,
      EventStream events,
      FleetView view,
      Moment start) {
    this.limits = limits;
    this.rules = rules.health();
    this.endRules = rules.ends();
    this.observer = new Observer(rules.observer(), console, limits, start);
    this.console = console;
    this.upkeep = upkeep;
    this.effects = effects;
    this.events = new HealthEvents(events, view);
    this.claims = new Claims(console, limits.ends().claim());
  }

  /// Time passed. Must come before what else arrived meanwhile, so that a sleep is noticed first.
  public void tick(Moment now) {
    Census census = records.census(limits, now);
    String slept = observer.tick(census, now);
    if (!slept.isEmpty()) {
      startAgain(slept, now);
    }
    observer.canary().due(now).ifPresent(effects::send);
    if (observer.lists().due(now)) {
      effects.list();
    }
    keep = upkeep.keep(sight(), now);
    judgeAll(now);
    tellState(census, now);
  }

  private void tellState(Census census, Moment now) {
    Optional<String> banner =
        endRules.banner(census.fleet(keep)).or(() -> observer.lists().trouble());
    events.ticked(now, observer.doubt(), banner, observer.lists().once());
  }

  /// How well it sees at present.
  public Upkeep.Sight sight() {
    return observer.sight();
  }

  /// Lets the fleet's upkeep look at it between two ticks.
  public void resize(Moment now) {
    keep = upkeep.keep(sight(), now);
  }

  /// Judges VMs by other limits from the next step on. The observer's own and the throttle stay.
  public void limits(HealthLimits next) {
    limits = next;
    rules = new HealthRules(next);
  }

  private void startAgain(String why, Moment now) {
    records.all().forEach(vm -> step(vm.vm().id(), new Observation.Slept(why), now));
    events.tell(
        now,
        Level.WARNING,
        Optional.empty(),
        why + ", so every VM is looked at afresh and nothing ends until that is done",
        List.of());
  }

  private void judgeAll(Moment now) {
    List<EndRules.Wanted> wanted = new ArrayList<>();
    asks = wanted;
    for (VmRecord vm : records.all()) {
      if (!rules.quiet(vm, now)) {
        step(vm.vm().id(), new Observation.Tick(), now);
      }
    }
    asks = null;
    if (!wanted.isEmpty()) {
      EndRules.Fleet fleet = records.census(limits, now).fleet(keep);
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
    } else if (claims.alive(vm.id(), now).isPresent()) {
      endRules.giveBack(vm.id());
      step(vm.id(), new Observation.EndHeld(ANOTHER_CONSOLE), now);
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
  ///
  /// @param published by the cloud's clock
  public void heard(Pulse pulse, Instant published, Moment now) {
    switch (pulse) {
      case Pulse.Heartbeat beat -> beat(beat, published, now);
      case Pulse.DrainAnswer answer ->
          records
              .named(answer.vm())
              .ifPresent(id -> step(id, new Observation.DrainAnswered(answer), now));
      case Pulse.Canary back -> observer.canary().heard(back);
      case Pulse.SeatsWanted wanted -> upkeep.seatsWanted(wanted, now);
      case Pulse.Rules rules -> upkeep.rulesHeard(rules, now);
      case Pulse.Goodbye _ -> observer.lists().soon();
      // What consoles say to VMs is not for consoles.
      case Pulse.DrainRequest _, Pulse.DrainCancelled _ -> {}
    }
  }

  private void beat(Pulse.Heartbeat beat, Instant published, Moment now) {
    if (records.knows(beat.vmId())) {
      boolean old = observer.canary().inBacklog(now);
      step(beat.vmId(), old ? new OldBeat(beat, published) : new Beat(beat, published), now);
    } else if (!records.isGone(beat.vmId())) {
      unlisted.spoke(beat, published);
      observer.lists().soon();
    }
  }

  /// Compute Engine's list came back.
  public void listed(List<Vm> vms, Moment now) {
    boolean before = observer.lists().came(now);
    for (Vm vm : vms) {
      // What is new after a sleep may have been at work for hours.
      see(vm, before && observer.trusted(), now);
    }
    records.missingFrom(vms).forEach(vm -> effects.confirmMissing(vm.vm()));
    if (!before) {
      tellState(records.census(limits, now), now);
    }
  }

  /// A VM that was missing from the list was read by itself.
  public void reread(Vm believed, Optional<Vm> read, Moment now) {
    if (read.filter(same -> same.id().equals(believed.id())).isEmpty()) {
      missing(believed.id(), now);
    } else if (!believed.fleet().equals(read.get().fleet())) {
      left(believed.id(), now);
    } else {
      found(read.get(), now);
    }
  }

  /// Compute Engine's list did not come back.
  ///
  /// @param why in sentences, with what the operator can do
  public void listFailed(String why) {
    observer.lists().failed(why);
  }

  /// A VM that was missing from the list could not be read.
  public void rereadFailed() {
    observer.lists().readFailed();
  }

  /// A VM was created just now.
  public void created(Vm vm, Moment now) {
    see(vm, true, now);
  }

  /// One VM was read. It may have been there for long.
  public void found(Vm vm, Moment now) {
    see(vm, false, now);
  }

  private void see(Vm vm, boolean created, Moment now) {
    if (records.isGone(vm.id())) {
      return;
    }
    claims.note(vm, now);
    if (records.knows(vm.id())) {
      step(vm.id(), new Observation.Listed(vm), now);
      return;
    }
    VmRecord record = rules.found(vm, created, now);
    records.put(record);
    events.found(record);
    // Whatever it said before anybody knew it tells at least who was on it then.
    unlisted.met(vm).ifPresent(early -> step(vm.id(), early, now));
    step(vm.id(), new Observation.Listed(vm), now);
  }

  /// The cloud knows the VM no more.
  public void missing(String id, Moment now) {
    records.ended(id);
    forget(id, "gone: its run limit, another console or somebody outside Podium ended it", now);
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
    endedElsewhere(record, now);
    claims.forget(id);
    events.gone(record, otherwise, now);
  }

  /// A VM is gone without this console's doing. Unless it is known to have ended otherwise, another
  /// console may have ended it for its health, and the throttle counts it.
  private void endedElsewhere(VmRecord record, Moment now) {
    String id = record.vm().id();
    // Claimed for something else, it may have been claimed again since it was last seen.
    if (claims.alive(id, now).filter(Claim::health).isPresent()
        || rules.mayEndForHealth(record, now)) {
      endRules.ended(id, true, now);
    } else {
      endRules.gone(record.vm(), now);
    }
  }

  /// A probe came back.
  public void probed(String id, HealthProbe.Result result, Moment now) {
    step(id, new Observation.Probed(result), now);
  }

  /// The operator asks that the VM be drained; people on it are moved on.
  ///
  /// @return whether the VM is known
  /// @throws PodiumException.Conflict if it is pinned or held
  public boolean drain(VmName name, String reason, Moment now) {
    Optional<String> id = records.named(name.value());
    Optional<String> kept = id.flatMap(this::record).flatMap(vm -> vm.vm().keptBy(now.wall()));
    if (kept.isPresent()) {
      throw new PodiumException.Conflict(
          "The VM '" + name + "' was not drained", kept.get(), "Lift that first.", null);
    }
    id.ifPresent(known -> permitDrain(known, true, reason, now));
    return id.isPresent();
  }

  /// The cloud accepted the VM's deletion.
  public void endAccepted(String id, String reason, Moment now) {
    endRules.ended(id, false, now);
    step(id, new Observation.EndAccepted(reason), now);
  }

  /// The last look disagreed, or another console was first.
  public void endRefused(String id, String why, Moment now) {
    endRules.giveBack(id);
    step(id, new Observation.EndRefused(why), now);
  }

  /// The deletion was asked for and no answer came. It counts as if it had been accepted; whether
  /// it was, the cloud's list tells.
  public void endUnsure(String id, String why, Moment now) {
    endRules.ended(id, false, now);
    step(id, new Observation.EndRefused("not known whether it is being destroyed: " + why), now);
  }

  /// The deletion failed after it was accepted.
  public void endFailed(String id, String why, Moment now) {
    step(id, new Observation.EndFailed(why), now);
  }

  /// What stands against a VM's end at this moment, by all that the watch knows; empty if nothing
  /// does.
  public Optional<String> objection(LastLook.Ask.Consent asked, End end, Moment now) {
    String id = asked.vm().id();
    see(asked.vm(), false, now);
    if (claims.alive(id, now).isPresent()) {
      return Optional.of(ANOTHER_CONSOLE);
    }
    if (end.forHealth() && !observer.lists().steady(now)) {
      return Optional.of("what others ended while Compute Engine's list stayed away is not known");
    }
    if (!observer.trusted()) {
      return Optional.of("this computer must first trust its own sight again");
    }
    VmRecord vm = records.get(id);
    if (vm == null) {
      return Optional.of("it is not known any more");
    }
    return vm.vm()
        .keptBy(now.wall())
        .or(() -> rules.changedMind(vm, end, now))
        .or(() -> asked.others().flatMap(others -> rivals(id, others, now)));
  }

  /// What other consoles are ending, or have ended, as it was read after the VM was claimed for its
  /// health.
  private Optional<String> rivals(String id, LastLook.Others others, Moment now) {
    endRules.recall(others.ended(), now);
    for (Vm vm : others.fleet()) {
      see(vm, false, now);
      if (!vm.id().equals(id) && claims.alive(vm.id(), now).filter(Claim::health).isPresent()) {
        return Optional.of("another console is ending another one");
      }
    }
    records.missingFrom(others.fleet()).forEach(vm -> endedElsewhere(vm, now));
    return endRules.objection(id, records.census(limits, now).fleet(keep), now);
  }

  /// What is remembered of a VM, for tests and the simulator.
  public Optional<VmRecord> record(String id) {
    return Optional.ofNullable(records.get(id));
  }

  private void step(String id, Observation seen, Moment now) {
    VmRecord before = records.get(id);
    if (before == null) {
      return;
    }
    HealthRules.Step step = rules.step(before, seen, observer.doubt(), now);
    VmRecord after = step.vm();
    if (!after.equals(before)) {
      records.replace(after);
      events.changed(before, after, now);
      if (HealthRules.leaves(before, after)) {
        endedElsewhere(before, now);
      }
      if (before.drain().isPresent() && after.drain().isEmpty()) {
        endRules.drainOver(before.vm().id());
      }
    }
    step.actions().forEach(action -> perform(action, after, now));
  }

  private void perform(Action action, VmRecord vm, Moment now) {
    String name = vm.vm().name().value();
    switch (action) {
      case Action.SendProbe _ -> effects.probe(vm.vm());
      case Action.SendDrain(String id, boolean force) ->
          effects.send(new Pulse.DrainRequest(id, name, Optional.of(vm.vm().id()), force));
      case Action.CancelDrain(String id) -> effects.send(new Pulse.DrainCancelled(id, name));
      case Action.Tell(Level level, String sentence) ->
          events.tell(now, level, Optional.of(vm.vm().name()), sentence, vm.verdict().evidence());
      // Heard at ticks only: then every request of the fleet is weighed against every other.
      case AskToEnd ask -> {
        if (asks != null) {
          asks.add(new EndRules.Wanted(vm, ask));
        }
      }
    }
  }
}

package dev.podium.fleet.health;

import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.ending.Claims;
import dev.podium.fleet.health.ending.EndRules;
import dev.podium.fleet.health.ending.EndRules.Wanted;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.Observation.Beat;
import dev.podium.fleet.health.record.Observation.OldBeat;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.health.sight.Census;
import dev.podium.fleet.health.sight.Observer;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The VMs that a [FleetWatch] knows. Each observation moves one of them by one step of the rules,
/// and what the step asks for is done.
final class WatchedVms {
  private HealthLimits limits;
  private HealthRules rules;
  private final EndRules endRules;
  private final Claims claims;
  private final Observer observer;
  private final Effects effects;
  private final HealthEvents events;
  private final VmRecords records = new VmRecords();
  private final UnlistedHeartbeats unlisted = new UnlistedHeartbeats();
  private final OldImages oldImages = new OldImages();

  WatchedVms(
      HealthLimits limits,
      Rulebook rules,
      Claims claims,
      Observer observer,
      Effects effects,
      HealthEvents events) {
    this.limits = limits;
    this.rules = rules.health();
    this.endRules = rules.ends();
    this.claims = claims;
    this.observer = observer;
    this.effects = effects;
    this.events = events;
  }

  /// Judges by other limits from the next step on.
  void limits(HealthLimits next) {
    limits = next;
    rules = new HealthRules(next);
  }

  Optional<VmRecord> record(String id) {
    return Optional.ofNullable(records.get(id));
  }

  /// The id of the VM of that name.
  Optional<String> named(String name) {
    return records.named(name);
  }

  Census census(ClockReading now) {
    return records.census(observer.lists().unreached(), limits, now);
  }

  /// Those that the cloud's list left out.
  List<VmRecord> missingFrom(VmList list) {
    return records.missingFrom(list);
  }

  /// Why what is remembered of the VM does not ask for that end any more; empty if it does.
  Optional<String> changedMind(VmRecord vm, HealthAction.End end, ClockReading now) {
    return rules.changedMind(vm, end, now);
  }

  /// Which zones the cloud reaches is another matter from now on. The VMs of one that it does not
  /// reach any more, or reaches again, are looked at afresh.
  void reached(Set<String> before, Set<String> unreached, ClockReading now) {
    for (VmRecord vm : records.all()) {
      String zone = vm.vm().zone();
      boolean lost = unreached.contains(zone);
      if (lost != before.contains(zone)) {
        String why = lost ? "Compute Engine does not reach " + zone : zone + " is reached again";
        step(vm.vm().id(), new Observation.Slept(why), now);
      }
    }
  }

  /// The console slept, or its clock jumped.
  void slept(String why, ClockReading now) {
    records.all().forEach(vm -> step(vm.vm().id(), new Observation.Slept(why), now));
  }

  /// Time passed for each of them.
  ///
  /// @return the ends that they ask for. A tick alone hears of them, so that every one of the fleet
  ///   is weighed against every other. Whoever still wants its end asks at the next as well
  List<Wanted> tick(ClockReading now) {
    List<Wanted> wanted = new ArrayList<>();
    for (VmRecord vm : records.all()) {
      if (!rules.quiet(vm, now)) {
        wanted.addAll(stepped(vm.vm().id(), new Observation.Tick(), now));
      }
    }
    return wanted;
  }

  /// A heartbeat arrived.
  ///
  /// @param published by the cloud's clock
  void beat(Pulse.Heartbeat beat, Instant published, ClockReading now) {
    if (records.knows(beat.vmId())) {
      boolean old = observer.canary().inBacklog(now);
      step(beat.vmId(), old ? new OldBeat(beat, published) : new Beat(beat, published), now);
    } else if (!records.isGone(beat.vmId())) {
      unlisted.keep(beat, published);
      // It may be in a zone that no list shows at present, however often one is read.
      if (observer.lists().unreached().isEmpty()) {
        observer.lists().dueNow();
      }
    }
  }

  /// The cloud described a VM.
  ///
  /// @param created whether it came to be while the console watched
  void see(Vm described, boolean created, ClockReading now) {
    Vm vm = oldImages.judged(described);
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
    unlisted.take(vm).ifPresent(early -> step(vm.id(), early, now));
    step(vm.id(), new Observation.Listed(vm), now);
  }

  /// The VM's key is known from now on.
  void enrolled(String id) {
    VmRecord record = records.get(id);
    if (record != null) {
      oldImages.signs(record.vm());
      records.replace(RecordUpdates.enrolled(record));
    }
  }

  /// The VM was made to sign what it says, and never does.
  void neverSigns(String id, ClockReading now) {
    VmRecord record = records.get(id);
    if (record == null || record.vm().outdated()) {
      return;
    }
    Vm vm = record.vm();
    oldImages
        .found(vm)
        .ifPresent(
            told -> events.tell(now, Level.WARNING, Optional.of(vm.name()), told, List.of()));
    see(vm, false, now);
  }

  /// The cloud knows the VM no more.
  void missing(String id, ClockReading now) {
    records.ended(id);
    forget(id, "gone: its run limit, another console or somebody outside Podium ended it", now);
  }

  /// @param otherwise why it is gone, if it was not on its way out
  void forget(String id, String otherwise, ClockReading now) {
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
  void endedElsewhere(VmRecord record, ClockReading now) {
    String id = record.vm().id();
    // Claimed for something else, it may have been claimed again since it was last seen.
    if (claims.alive(id, now).filter(Claim::health).isPresent()
        || rules.mayEndForHealth(record, now)) {
      endRules.ended(id, true, now);
    } else {
      endRules.gone(record.vm(), now);
    }
  }

  /// One step of the rules for one VM. The end that it may ask for is not heard now: the next tick
  /// hears it.
  void step(String id, Observation seen, ClockReading now) {
    stepped(id, seen, now);
  }

  private List<Wanted> stepped(String id, Observation seen, ClockReading now) {
    VmRecord before = records.get(id);
    if (before == null) {
      return List.of();
    }
    HealthRules.Step step = rules.step(before, seen, sight(), now);
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
    return step.actions().stream()
        .filter(AskToEnd.class::isInstance)
        .map(ask -> new Wanted(after, (AskToEnd) ask))
        .toList();
  }

  private Sight sight() {
    return new Sight(
        observer.doubt(), observer.deaf(), observer.pathBlocked(), observer.lists().unreached());
  }

  /// Where the pages of its VMs are, for whoever has to let probes through.
  Optional<Integer> chatPort() {
    return records.all().stream().map(vm -> vm.vm().chatPort()).findFirst();
  }

  private void perform(HealthAction action, VmRecord vm, ClockReading now) {
    String name = vm.vm().name().value();
    switch (action) {
      case HealthAction.SendProbe _ -> effects.probe(vm.vm());
      case HealthAction.SendDrain(String id, boolean force) ->
          effects.send(
              new Pulse.DrainRequest(
                  id, name, Optional.of(vm.vm().id()), force, Optional.of(limits.use().window())));
      case HealthAction.CancelDrain(String id) -> effects.send(new Pulse.DrainCancelled(id, name));
      case HealthAction.Tell(Level level, String sentence) ->
          events.tell(now, level, Optional.of(vm.vm().name()), sentence, vm.verdict().evidence());
      // The fleet's rules decide about it, not the step.
      case AskToEnd _ -> {}
    }
  }
}

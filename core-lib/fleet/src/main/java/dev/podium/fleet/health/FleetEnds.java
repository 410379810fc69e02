package dev.podium.fleet.health;

import dev.podium.fleet.health.ending.Claims;
import dev.podium.fleet.health.ending.EndRules;
import dev.podium.fleet.health.ending.EndRules.Wanted;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.sight.Census;
import dev.podium.fleet.health.sight.Observer;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;

/// The ends of the fleet's VMs, as far as a [FleetWatch] brings them about. Here is which of them
/// may begin, what stands against one at the last moment, and how each went.
final class FleetEnds {
  private static final String ANOTHER_CONSOLE = "another console is destroying this";

  private final EndRules rules;
  private final WatchedVms vms;
  private final Claims claims;
  private final Observer observer;
  private final Effects effects;
  private final String console;
  private long drains;

  /// @param console this console's id, in drains
  FleetEnds(
      EndRules rules,
      WatchedVms vms,
      Claims claims,
      Observer observer,
      Effects effects,
      String console) {
    this.rules = rules;
    this.vms = vms;
    this.claims = claims;
    this.observer = observer;
    this.effects = effects;
    this.console = console;
  }

  /// Decides about all that are asked for at one tick, and begins those that may.
  ///
  /// @param vmsToKeep how many VMs that work must stay
  void decide(List<Wanted> wanted, int vmsToKeep, ClockReading now) {
    if (!wanted.isEmpty()) {
      rules
          .decide(wanted, fleet(vms.census(now), vmsToKeep), observer.trusted(), now)
          .forEach(decision -> carryOut(decision, now));
    }
  }

  /// The sentence that the operator sees while nothing ends for its health; see [EndRules#banner].
  Optional<String> banner(Census census, int vmsToKeep) {
    return rules.banner(fleet(census, vmsToKeep));
  }

  private static EndRules.Fleet fleet(Census census, int vmsToKeep) {
    return new EndRules.Fleet(census.size(), census.bad(), census.working(), vmsToKeep);
  }

  private void carryOut(EndRules.Decision decision, ClockReading now) {
    Vm vm = decision.wanted().vm().vm();
    AskToEnd ask = decision.wanted().ask();
    if (decision.held().isPresent()) {
      vms.step(vm.id(), new Observation.EndHeld(decision.held().get()), now);
    } else if (claims.alive(vm.id(), now).isPresent()) {
      rules.giveBack(vm.id());
      vms.step(vm.id(), new Observation.EndHeld(ANOTHER_CONSOLE), now);
    } else if (ask.end().drains()) {
      permitDrain(vm.id(), ask.end() == End.DRAIN_ADOPTED, ask.reason(), now);
    } else {
      vms.step(vm.id(), new Observation.EndPermitted(), now);
      effects.end(vm, ask.end(), ask.reason());
    }
  }

  private void permitDrain(String id, boolean force, String reason, ClockReading now) {
    String fence = console + "-" + now.cloud().toEpochMilli() + "-" + ++drains;
    vms.step(id, new Observation.DrainPermitted(fence, force, reason), now);
  }

  /// The operator asks that the VM be drained; people on it are moved on.
  ///
  /// @return whether the VM is known
  /// @throws PodiumException.Conflict if it is pinned or held
  boolean drain(VmName name, String reason, ClockReading now) {
    Optional<String> id = vms.named(name.value());
    Optional<String> kept = id.flatMap(vms::record).flatMap(vm -> vm.vm().keptBy(now.cloud()));
    if (kept.isPresent()) {
      throw new PodiumException.Conflict(
          "The VM '" + name + "' was not drained", kept.get(), "Lift that first.", null);
    }
    id.ifPresent(known -> permitDrain(known, true, reason, now));
    return id.isPresent();
  }

  /// What stands against a VM's end at this moment; empty if nothing does.
  ///
  /// @param vmsToKeep how many VMs that work must stay
  Optional<String> objection(LastLook.Ask.Consent asked, End end, int vmsToKeep, ClockReading now) {
    String id = asked.vm().id();
    vms.see(asked.vm(), false, now);
    if (claims.alive(id, now).isPresent()) {
      return Optional.of(ANOTHER_CONSOLE);
    }
    if (end.forHealth() && !observer.lists().steady(now)) {
      return Optional.of("what others ended while Compute Engine's list stayed away is not known");
    }
    if (end.forHealth() && !observer.lists().unseen().isEmpty()) {
      return Optional.of("what others ended in a zone that does not answer is not known");
    }
    if (!observer.trusted()) {
      return Optional.of("this computer must first trust its own sight again");
    }
    Optional<VmRecord> known = vms.record(id);
    if (known.isEmpty()) {
      return Optional.of("it is not known any more");
    }
    VmRecord vm = known.get();
    return vm.vm()
        .keptBy(now.cloud())
        .or(() -> vms.changedMind(vm, end, now))
        .or(() -> asked.others().flatMap(others -> rivals(id, others, vmsToKeep, now)));
  }

  /// What other consoles are ending, or have ended, as it was read after the VM was claimed for its
  /// health.
  private Optional<String> rivals(
      String id, LastLook.Others others, int vmsToKeep, ClockReading now) {
    rules.recall(others.ended(), now);
    for (Vm vm : others.fleet().vms()) {
      vms.see(vm, false, now);
      if (!vm.id().equals(id) && claims.alive(vm.id(), now).filter(Claim::health).isPresent()) {
        return Optional.of("another console is ending another one");
      }
    }
    vms.missingFrom(others.fleet()).forEach(vm -> vms.endedElsewhere(vm, now));
    return rules.objection(id, fleet(vms.census(now), vmsToKeep), now);
  }

  /// The cloud accepted the VM's deletion.
  void accepted(String id, String reason, ClockReading now) {
    rules.ended(id, false, now);
    vms.step(id, new Observation.EndAccepted(reason), now);
  }

  /// The last look disagreed, or another console was first.
  void refused(String id, String why, ClockReading now) {
    rules.giveBack(id);
    vms.step(id, new Observation.EndRefused(why), now);
  }

  /// The deletion was asked for and no answer came. It counts as if it had been accepted; whether
  /// it was, the cloud's list tells.
  void unsure(String id, String why, ClockReading now) {
    rules.ended(id, false, now);
    vms.step(
        id, new Observation.EndRefused("not known whether it is being destroyed: " + why), now);
  }
}

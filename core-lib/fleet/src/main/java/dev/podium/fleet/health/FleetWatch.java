package dev.podium.fleet.health;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.ending.Claims;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.sight.Census;
import dev.podium.fleet.health.sight.ClockSkew;
import dev.podium.fleet.health.sight.Observer;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The health of the whole fleet, as one state that moves from step to step. Not for more than one
/// thread, and without a clock: each call says when it is. [HealthMonitor] drives it in earnest, a
/// simulator drives it in seconds through years.
public final class FleetWatch {
  private final Observer observer;
  private final FleetSizing sizing;
  private final Effects effects;
  private final HealthEvents events;
  private final WatchedVms vms;
  private final FleetEnds ends;
  private final ClockSkew skew = new ClockSkew();
  private int vmsToKeep;

  /// @param console this console's id, in claims, drains and canaries: lower-case letters, digits
  ///   and hyphens
  /// @param rules how it judges
  /// @param sizing what keeps the fleet at its size
  public FleetWatch(
      HealthLimits limits,
      Rulebook rules,
      String console,
      FleetSizing sizing,
      Effects effects,
      EventStream events,
      OperatorView view,
      ClockReading start) {
    this.observer = new Observer(rules.observer(), console, limits, start);
    this.sizing = sizing;
    this.effects = effects;
    this.events = new HealthEvents(events, view);
    Claims claims = new Claims(console, limits.ends().claim());
    this.vms = new WatchedVms(limits, rules, claims, observer, effects, this.events);
    this.ends = new FleetEnds(rules.ends(), vms, claims, observer, effects, console);
  }

  /// Time passed. Must come before what else arrived meanwhile, so that a sleep is noticed first.
  public void tick(ClockReading now) {
    Census census = vms.census(now);
    String slept = observer.tick(census, now);
    if (!slept.isEmpty()) {
      startAgain(slept, now);
    }
    observer.canary().due(now).ifPresent(effects::send);
    if (observer.lists().due(now)) {
      effects.list();
    }
    vmsToKeep = sizing.vmsToKeep(status(), now);
    ends.decide(vms.tick(now), vmsToKeep, now);
    tellState(census, now);
  }

  private void tellState(Census census, ClockReading now) {
    skew.news(now.cloudAhead())
        .ifPresent(told -> events.tell(now, Level.WARNING, Optional.empty(), told, List.of()));
    Optional<String> banner =
        ends.banner(census, vmsToKeep)
            .or(this::deafness)
            .or(this::blockedPath)
            .or(() -> observer.lists().trouble())
            .or(this::unreachedZones)
            .or(() -> sizing.stopped().map(PodiumException::inFull))
            .or(() -> skew.banner(now.cloudAhead()).map(FleetWatch::sentence));
    events.ticked(now, observer.doubt(), banner, observer.lists().once());
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private Optional<String> deafness() {
    return observer.deaf()
        ? Optional.of(
            "No heartbeat reaches this computer, not even its own message to itself. So it cannot"
                + " tell how the VMs are, and nothing ends. Look at Pub/Sub and at the network.")
        : Optional.empty();
  }

  private Optional<String> unreachedZones() {
    Set<String> zones = observer.lists().unreached();
    return new VmList(List.of(), zones)
        .unreachedInWords()
        .map(names ->
            "Compute Engine does not reach "
                + names
                + " at present. What you see of VMs there is what was known before; nothing ends"
                + " there, and all else goes on.");
  }

  private Optional<String> blockedPath() {
    return observer.pathBlocked()
        ? vms.chatPort()
            .map(port ->
                ("VMs say that they are ready, but none of them answers this computer: the way to their"
                        + " TCP port %d is blocked. The VMs are well and stay. Let the port in by a"
                        + " firewall rule (gcloud compute firewall-rules create podium-chat --allow"
                        + " tcp:%d), or ask who runs this network.")
                    .formatted(port, port))
        : Optional.empty();
  }

  /// The computer is in another network: whether its probes get through is to be seen anew.
  public void networkChanged() {
    observer.path().begin();
  }

  /// How well it sees at present.
  public FleetSizing.WatchStatus status() {
    return new FleetSizing.WatchStatus(
        observer.lists().fresh(),
        observer.lists().asked(),
        observer.doubt(),
        observer.trusted(),
        observer.lists().unreached());
  }

  /// Lets the fleet's sizing look at it between two ticks.
  public void resize(ClockReading now) {
    vmsToKeep = sizing.vmsToKeep(status(), now);
  }

  /// Judges VMs by other limits from the next step on. The observer's own and the throttle stay.
  public void limits(HealthLimits next) {
    vms.limits(next);
  }

  private void startAgain(String why, ClockReading now) {
    vms.slept(why, now);
    events.tell(
        now,
        Level.WARNING,
        Optional.empty(),
        why + ", so every VM is looked at afresh and nothing ends until that is done",
        List.of());
  }

  /// A message of the pulse topic.
  ///
  /// @param published by the cloud's clock
  public void heard(Pulse pulse, Instant published, ClockReading now) {
    switch (pulse) {
      case Pulse.Heartbeat beat -> vms.beat(beat, published, now);
      case Pulse.DrainAnswer answer ->
          vms.named(answer.vm())
              .ifPresent(id -> vms.step(id, new Observation.DrainAnswered(answer), now));
      case Pulse.Canary back -> observer.canary().heard(back);
      case Pulse.SeatsWanted wanted -> sizing.seatsWanted(wanted, now);
      case Pulse.Policy policy -> sizing.policyHeard(policy, now);
      case Pulse.Goodbye _ -> observer.lists().dueNow();
      // What consoles say to VMs is not for consoles.
      case Pulse.DrainRequest _,
          Pulse.DrainCancelled _,
          Pulse.KeysWanted _,
          Pulse.PersonRemoved _ -> {}
      // Who speaks is known before it is heard here.
      case Pulse.Announcement _, Pulse.RosterChanged _ -> {}
    }
  }

  /// A VM showed its key, and is heard by its signature alone from now on.
  ///
  /// @param id the cloud's number for it
  public void enrolled(String id) {
    vms.enrolled(id);
  }

  /// A VM that was made to sign what it says never does: its image is of an earlier release.
  public void neverSigns(String id, ClockReading now) {
    vms.neverSigns(id, now);
  }

  /// Compute Engine's list came back whole.
  public void listed(List<Vm> list, ClockReading now) {
    listed(VmList.whole(list), now);
  }

  /// Compute Engine's list came back, perhaps without some zones. Their VMs are UNKNOWN until they
  /// are reached again, and nothing ends there.
  public void listed(VmList list, ClockReading now) {
    boolean before = observer.lists().succeeded(now);
    Set<String> unreached = observer.lists().cameWithout(list.unreached());
    if (!unreached.equals(list.unreached())) {
      vms.reached(unreached, list.unreached(), now);
      tellReached(list, now);
    }
    for (Vm vm : list.vms()) {
      // What is new after a sleep may have been at work for hours.
      vms.see(vm, before && observer.trusted(), now);
    }
    vms.missingFrom(list).forEach(vm -> effects.confirmMissing(vm.vm()));
    if (!before) {
      tellState(vms.census(now), now);
    }
  }

  private void tellReached(VmList list, ClockReading now) {
    String told =
        list.unreachedInWords()
            .map(zones ->
                "Compute Engine does not reach "
                    + zones
                    + " at present; VMs there are UNKNOWN and nothing ends there")
            .orElse("Compute Engine reaches every zone again");
    Level level = list.unreached().isEmpty() ? Level.INFO : Level.WARNING;
    events.tell(now, level, Optional.empty(), told, List.of());
  }

  /// A VM that was missing from the list was read by itself.
  public void reread(Vm believed, Optional<Vm> read, ClockReading now) {
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
  public void created(Vm vm, ClockReading now) {
    vms.see(vm, true, now);
  }

  /// One VM was read. It may have been there for long.
  public void found(Vm vm, ClockReading now) {
    vms.see(vm, false, now);
  }

  /// The cloud knows the VM no more.
  public void missing(String id, ClockReading now) {
    vms.missing(id, now);
  }

  /// The VM does not carry the fleet's label any more: it is none of Podium's business, until it
  /// carries it again.
  public void left(String id, ClockReading now) {
    vms.forget(id, "gone: somebody took the fleet's label off it", now);
  }

  /// A probe came back.
  public void probed(String id, HealthProbe.Result result, ClockReading now) {
    observer.path().probed(result);
    vms.step(id, new Observation.Probed(result), now);
  }

  /// The operator asks that the VM be drained; people on it are moved on.
  ///
  /// @return whether the VM is known
  /// @throws PodiumException.Conflict if it is pinned or held
  public boolean drain(VmName name, String reason, ClockReading now) {
    return ends.drain(name, reason, now);
  }

  /// The cloud accepted the VM's deletion.
  public void endAccepted(String id, String reason, ClockReading now) {
    ends.accepted(id, reason, now);
  }

  /// The last look disagreed, or another console was first.
  public void endRefused(String id, String why, ClockReading now) {
    ends.refused(id, why, now);
  }

  /// The deletion was asked for and no answer came. It counts as if it had been accepted; whether
  /// it was, the cloud's list tells.
  public void endUnsure(String id, String why, ClockReading now) {
    ends.unsure(id, why, now);
  }

  /// The deletion failed after it was accepted.
  public void endFailed(String id, String why, ClockReading now) {
    vms.step(id, new Observation.EndFailed(why), now);
  }

  /// What stands against a VM's end at this moment, by all that the watch knows; empty if nothing
  /// does.
  public Optional<String> objection(LastLook.Ask.Consent asked, End end, ClockReading now) {
    return ends.objection(asked, end, vmsToKeep, now);
  }

  /// What is remembered of a VM, for tests and the simulator.
  public Optional<VmRecord> record(String id) {
    return vms.record(id);
  }
}

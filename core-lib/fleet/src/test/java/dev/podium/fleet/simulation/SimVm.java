package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A machine, its agent, and the people on it: the truth that no console knows.
final class SimVm {
  /// The agent's own: people whose last act is older do not stop a drain.
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  final boolean stillborn;
  private final Duration patience;
  final long createdAt;
  Vm vm;
  boolean booted;
  private int boots = 1;
  boolean dead;
  int hangs;
  int cuts;
  long cutSince;
  int unseen;
  boolean deaf;
  boolean broken;
  boolean wasUnwell;
  boolean operated;
  boolean pinnedLate;
  long labelledAt;
  long labelledUntil;

  /// Whether its subscription belongs to a topic that is no more.
  boolean orphaned;

  long claimedAt;
  long stoppedAt;
  boolean deleting;
  String drainId = "";
  long heldUntil;
  long lastAct;
  private long startedAnewAt;
  long sequence;
  final SimAgent agent;
  private final String url;
  private final Set<String> cancelled = new HashSet<>();
  final List<Person> people = new ArrayList<>();

  /// @param period between two acts; 0 for a tab that was left open
  record Person(long joined, long period) {
    long lastAct(long now) {
      return period == 0 ? joined : joined + (now - joined) / period * period;
    }
  }

  /// @param patience after which people on a VM that is cut off have noticed
  /// @param agent what its agent believes
  SimVm(Vm vm, SimAgent agent, boolean stillborn, Duration patience, long now) {
    this.agent = agent;
    this.url = vm.chatUrl().map(URI::toString).orElse("");
    this.patience = patience;
    this.vm = vm;
    this.stillborn = stillborn;
    this.createdAt = now;
    this.lastAct = now;
  }

  /// Whether its agent does anything at all.
  boolean alive() {
    return booted && !dead && hangs == 0 && vm.state() == VmState.RUNNING;
  }

  /// Whether people can use it: its chat reaches Pub/Sub, or does again before they notice.
  boolean serves(long now) {
    return alive() && (cuts == 0 || now - cutSince < patience.toNanos());
  }

  boolean draining() {
    return !drainId.isEmpty();
  }

  /// Whether people could come in.
  boolean open() {
    return alive() && !draining();
  }

  int free() {
    return Simulation.SEATS - people.size();
  }

  /// When somebody last did something on it.
  long lastAct(long now) {
    long last = lastAct;
    for (Person person : people) {
      last = Math.max(last, person.lastAct(now));
    }
    return last;
  }

  /// How long ago somebody last did something on it.
  Duration unusedFor(long now) {
    return Duration.ofNanos(now - lastAct(now));
  }

  private long idleSeconds(long now) {
    // What was before it started anew, its agent does not know.
    long since = Math.max(lastAct(now), startedAnewAt);
    return now < heldUntil ? 0 : (now - since) / 1_000_000_000L;
  }

  /// Whether somebody uses it in truth.
  ///
  /// @param window within which an act counts as use
  boolean used(long now, Duration window) {
    if (!serves(now)) {
      return false;
    }
    return now < heldUntil || (!people.isEmpty() && now - lastAct(now) < window.toNanos());
  }

  Pulse.Heartbeat beat(long now) {
    return new Pulse.Heartbeat(
        vm.name().value(),
        vm.id(),
        bootId(),
        ++sequence,
        url,
        people.size(),
        Simulation.SEATS,
        idleSeconds(now),
        true,
        draining(),
        broken ? List.of("disk") : List.of(),
        List.of(),
        agent.revision());
  }

  String bootId() {
    return vm.id() + "-" + boots;
  }

  /// How often the agent had started when it said that.
  static long boot(Pulse.Heartbeat beat) {
    return Long.parseLong(beat.bootId().substring(beat.vmId().length() + 1));
  }

  /// The agent starts anew and knows nothing of what was.
  void startAnew(long now) {
    boots++;
    agent.startAnew();
    cancelled.clear();
    sequence = 0;
    drainId = "";
    heldUntil = 0;
    startedAnewAt = now;
  }

  HealthProbe.Result probed(long now) {
    if (!alive() || unseen > 0) {
      return new HealthProbe.Result.Silent("connection refused");
    }
    return new HealthProbe.Result.Answered(
        !broken, bootId(), broken ? "broken" : "ok", people.size(), idleSeconds(now));
  }

  /// A drain is called off.
  ///
  /// @return whether the door opens for it
  boolean cancel(String drain) {
    cancelled.add(drain);
    boolean opens = drainId.equals(drain);
    if (opens) {
      drainId = "";
    }
    return opens;
  }

  /// The agent's door: closed by the one drain that counts, unless somebody came first, or it was
  /// called off before it came.
  Pulse.DrainAnswer drain(Pulse.DrainRequest request, long now) {
    long window = request.useWindow().orElse(FORGOTTEN).toNanos();
    boolean acted = !people.isEmpty() && now - lastAct(now) < window;
    boolean used = now < heldUntil || acted;
    boolean over = agent.remembers() && cancelled.contains(request.id());
    boolean accepted = !over && (drainId.equals(request.id()) || request.force() || !used);
    if (accepted) {
      drainId = request.id();
    }
    return new Pulse.DrainAnswer(request.id(), request.vm(), accepted, people.size());
  }
}

package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What each VM last let one console know of itself: kept apart from the rules, for the referee to
/// hold them against.
final class Signs {
  private final Simulation world;
  private final String console;
  private final Map<String, Sign> last = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private long wokeAt = Long.MIN_VALUE / 2;
  private boolean caughtUp = true;

  /// @param at true time of its arrival, or of the waking before which it was sent, nanoseconds
  /// @param inUse whether it spoke of people who did something lately, or of a hold
  record Sign(long at, boolean inUse) {}

  Signs(Simulation world, String console) {
    this.world = world;
    this.console = console;
  }

  /// The console slept, or its clock jumped.
  void wakes() {
    wokeAt = world.agenda.now();
    caughtUp = false;
  }

  /// A console's message to itself came back: what comes after it is new.
  void back(SimBus.Message message, Pulse.Canary canary) {
    long published = Duration.between(SimCloud.START, message.published()).toNanos();
    caughtUp |= canary.console().equals(console) && published >= wokeAt;
  }

  /// What was delivered before, or before something later, is no sign of life.
  void beat(Pulse.Heartbeat beat) {
    long order = SimVm.boot(beat) * 1_000_000L + beat.sequence();
    if (order > newest.getOrDefault(beat.vmId(), 0L)) {
      newest.put(beat.vmId(), order);
      note(beat.vmId(), beat.participants(), beat.idleSeconds(), old() ? wokeAt : now());
    }
  }

  /// What waited while the console slept proves no life since.
  private boolean old() {
    return !caughtUp && now() - wokeAt < world.limits.observer().canaryLimit().toNanos();
  }

  private long now() {
    return world.agenda.now();
  }

  void answer(String id, HealthProbe.Result.Answered answered) {
    note(id, answered.participants(), answered.idleSeconds(), now());
  }

  private void note(String id, int participants, long idleSeconds, long at) {
    boolean held = participants == 0 && idleSeconds == 0;
    boolean acted = participants > 0 && idleSeconds < world.limits.use().window().toSeconds();
    last.put(id, new Sign(at, held || acted));
  }

  Optional<Sign> last(String id) {
    return Optional.ofNullable(last.get(id));
  }

  /// How long ago the VM last gave a sign of life; nanoseconds, and very many if it never did.
  long since(String id) {
    Sign sign = last.get(id);
    return sign == null ? Long.MAX_VALUE / 2 : now() - sign.at();
  }
}

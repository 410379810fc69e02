package dev.podium.core.simulation;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.HealthProbe;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What each VM last let one console know of itself: kept apart from the rules, for the referee to
/// hold them against.
final class Signs {
  private final Simulation world;
  private final Map<String, Sign> last = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();

  /// @param at true time of its arrival, nanoseconds
  /// @param inUse whether it spoke of people who did something lately, or of a hold
  record Sign(long at, boolean inUse) {}

  Signs(Simulation world) {
    this.world = world;
  }

  /// What was delivered before, or before something later, is no sign of life.
  void beat(Pulse.Heartbeat beat) {
    long order = SimVm.boot(beat) * 1_000_000L + beat.sequence();
    if (order > newest.getOrDefault(beat.vmId(), 0L)) {
      newest.put(beat.vmId(), order);
      note(beat.vmId(), beat.participants(), beat.idleSeconds());
    }
  }

  void answer(String id, HealthProbe.Result.Answered answered) {
    note(id, answered.participants(), answered.idleSeconds());
  }

  private void note(String id, int participants, long idleSeconds) {
    boolean held = participants == 0 && idleSeconds == 0;
    boolean acted = participants > 0 && idleSeconds < world.limits.use().window().toSeconds();
    last.put(id, new Sign(world.agenda.now(), held || acted));
  }

  Optional<Sign> last(String id) {
    return Optional.ofNullable(last.get(id));
  }

  /// How long ago the VM last gave a sign of life; nanoseconds, and very many if it never did.
  long since(String id) {
    Sign sign = last.get(id);
    return sign == null ? Long.MAX_VALUE / 2 : world.agenda.now() - sign.at();
  }
}

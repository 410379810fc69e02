package dev.podium.fleet.health;

import dev.podium.fleet.health.record.Observation.OldBeat;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What machines said that the cloud's list has not shown yet: the newest heartbeat of each. If one
/// dies before it is listed, this tells who was on it. The oldest of too many are dropped.
final class UnlistedHeartbeats {
  private static final int MOST = 1_000;

  private final Map<String, OldBeat> heard = new LinkedHashMap<>();

  void keep(Pulse.Heartbeat beat, Instant published) {
    OldBeat before = heard.get(beat.vmId());
    if (before == null || before.published().isBefore(published)) {
      heard.remove(beat.vmId());
      heard.put(beat.vmId(), new OldBeat(beat, published));
    }
    if (heard.size() > MOST) {
      heard.remove(heard.keySet().iterator().next());
    }
  }

  /// The VM is known from now on.
  Optional<OldBeat> take(Vm vm) {
    return Optional.ofNullable(heard.remove(vm.id()));
  }
}

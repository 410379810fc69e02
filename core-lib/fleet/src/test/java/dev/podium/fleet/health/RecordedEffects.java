package dev.podium.fleet.health;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Does nothing of what the watch asks for, and remembers it.
final class RecordedEffects implements Effects {
  final List<Pulse> sent = new ArrayList<>();
  final List<End> ends = new ArrayList<>();
  final List<Vm> sought = new ArrayList<>();
  int lists;
  int probes;

  @Override
  public void probe(Vm of) {
    probes++;
  }

  @Override
  public void send(Pulse pulse) {
    sent.add(pulse);
  }

  @Override
  public void list() {
    lists++;
  }

  @Override
  public void confirmMissing(Vm of) {
    sought.add(of);
  }

  @Override
  public void end(Vm of, End end, String reason) {
    ends.add(end);
  }

  /// The newest canary, if one was ever sent.
  Optional<Pulse> lastCanary() {
    return sent.reversed().stream().filter(Pulse.Canary.class::isInstance).findFirst();
  }
}

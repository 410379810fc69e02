package dev.podium.fleet.health.ending;

import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which VMs other consoles are about to destroy, as far as this one has seen.
public final class Claims {
  private final String console;
  private final Duration life;
  private final Map<String, Seen> seen = new HashMap<>();

  /// @param since when this console first saw it, monotonic nanoseconds
  private record Seen(Claim claim, long since) {}

  /// @param life how long a claim keeps this console away
  public Claims(String console, Duration life) {
    this.console = console;
    this.life = life;
  }

  public void note(Vm vm, ClockReading now) {
    Optional<Claim> claim = Claim.on(vm).filter(one -> !one.console().equals(console));
    if (claim.isEmpty()) {
      seen.remove(vm.id());
    } else if (!claim.equals(any(vm.id()))) {
      seen.put(vm.id(), new Seen(claim.get(), now.nanos()));
    }
  }

  /// Another console's claim that is not too old.
  public Optional<Claim> alive(String id, ClockReading now) {
    return Optional.ofNullable(seen.get(id))
        .filter(one -> !now.past(one.since(), life, 1))
        .map(Seen::claim);
  }

  public void forget(String id) {
    seen.remove(id);
  }

  private Optional<Claim> any(String id) {
    return Optional.ofNullable(seen.get(id)).map(Seen::claim);
  }
}

package dev.podium.desktop.program.open;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Waits until the monitor of a fleet that was just opened knows the VMs that there are. A fleet
/// that is asked earlier looks empty.
///
/// @param events what the monitor tells
/// @param patience after which the fleet is good as it is: its cloud may not answer for long
public record MonitorReadiness(EventStream events, Duration patience) {
  /// Returns when the monitor has told every VM of the cloud's first list. Returns as well when the
  /// cloud refused that list, or when the patience is at its end.
  public void await() {
    CompletableFuture<Void> known = new CompletableFuture<>();
    EventStream.Subscription subscription =
        events.subscribe(event -> {
          // A monitor in doubt asks again and says so itself; nobody needs to wait for that.
          if (event instanceof MonitorTicked ticked && (ticked.listed() || ticked.doubt() > 0)) {
            known.complete(null);
          }
        });
    try (subscription) {
      known.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }
}

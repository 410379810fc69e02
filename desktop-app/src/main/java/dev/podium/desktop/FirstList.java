package dev.podium.desktop;

import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.model.Vm;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits until the monitor of a fleet that was just opened knows the VMs that there are, so that
/// nobody takes a fleet for empty because it was asked too early.
///
/// @param cloud reads the fleet's VMs from the cloud; blocks
/// @param events what the monitor has told
/// @param patience after which the fleet is good as it is: its cloud may not answer for long
record FirstList(Supplier<List<Vm>> cloud, EventStream events, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(FirstList.class);

  /// Returns when the monitor has told every VM that the cloud lists, when the cloud cannot be
  /// asked, or when the patience is at its end.
  void await() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> watch(told));
    told.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private void watch(CompletableFuture<Void> told) {
    try {
      Set<String> untold = new HashSet<>();
      cloud.get().forEach(vm -> untold.add(vm.id()));
      if (untold.isEmpty()) {
        told.complete(null);
        return;
      }
      // Called for one event at a time.
      EventStream.Subscription subscription =
          events.subscribe(
              event -> {
                if (event instanceof FleetEvent.VmChanged changed
                    && untold.remove(changed.vm().vm().id())
                    && untold.isEmpty()) {
                  told.complete(null);
                }
              });
      var _ = told.whenComplete((_, _) -> subscription.close());
    } catch (RuntimeException e) {
      // The monitor asks again and says so itself; nobody needs to wait for it here.
      LOG.debug("The first list of the fleet could not be read", e);
      told.complete(null);
    }
  }
}

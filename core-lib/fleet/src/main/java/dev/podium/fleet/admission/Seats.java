package dev.podium.fleet.admission;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Gets people a seat: from the queue, or from a VM that the scaler makes for whoever waits there.
/// May be used from any thread.
///
/// @param resize asks the scaler to look at the fleet now; returns at once
/// @param tried for a VM that this console made, the zones that had no room
public record Seats(
    SeatQueue queue, Runnable resize, Function<VmName, Optional<List<String>>> tried) {
  /// @param vm the VM with the seat
  /// @param created whether this console made it
  record Seat(FleetVm vm, boolean created, List<String> zonesTried) {}

  /// A seat, now or as soon as there is one; fails as [SeatQueue#join] does. Whoever cancels it, or
  /// a stage that depends on it, waits no more.
  CompletableFuture<Seat> take() {
    CompletableFuture<FleetVm> vm = queue.join();
    if (!vm.isDone()) {
      resize.run();
    }
    return vm.thenApply(this::seatOn);
  }

  private Seat seatOn(FleetVm vm) {
    Optional<List<String>> zones = tried.apply(vm.name());
    return new Seat(vm, zones.isPresent(), zones.orElse(List.of()));
  }
}

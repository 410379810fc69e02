package dev.podium.fleet.vm;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.directory.Background;
import dev.podium.fleet.directory.Failures;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.scaler.ScalerMemory;
import dev.podium.fleet.scaler.Scaling;
import dev.podium.fleet.scaler.Slot;
import dev.podium.fleet.scaler.SlotOrders;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Makes the VMs that the scaler wants, each on a virtual thread, and tells the scaler what became
/// of each, on the monitor's thread.
public final class SlotFilling implements AutoCloseable {
  private final SlotOrders orders;
  private final VmSpecs specs;
  private final VmCreation creation;
  private final HealthMonitor monitor;
  private final Scaling scaling;
  private final String fleet;
  private final Thread thread;

  public SlotFilling(
      SlotOrders orders,
      VmSpecs specs,
      VmCreation creation,
      HealthMonitor monitor,
      Scaling scaling,
      String fleet) {
    this.orders = orders;
    this.specs = specs;
    this.creation = creation;
    this.monitor = monitor;
    this.scaling = scaling;
    this.fleet = fleet;
    this.thread = Thread.ofVirtual().name("slots").unstarted(this::run);
  }

  /// Begins to take orders. Returns at once.
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        SlotOrders.Order order = orders.take();
        Background.THREADS.execute(() -> fill(order));
      }
    } catch (InterruptedException _) {
      // Closed: what was begun goes on.
    }
  }

  private void fill(SlotOrders.Order order) {
    VmName name = order.creation().slot().name();
    ScalerMemory.Outcome outcome = filled(order);
    monitor.post(now -> scaling.settled(name, outcome, now));
  }

  private ScalerMemory.Outcome filled(SlotOrders.Order order) {
    Slot slot = order.creation().slot();
    try {
      return made(specs.of(request(order), slot.name(), slot.zone(), slot.labels()));
    } catch (RuntimeException e) {
      // The scaler must hear of it, whatever it was, or the slot would wait for ever.
      return new ScalerMemory.Outcome.Refused(Failures.podium(e));
    }
  }

  private ScalerMemory.Outcome made(VmSpec spec) {
    try {
      creation.fill(VmCreation.Pending.of(spec.name()), spec, UUID.randomUUID());
      return new ScalerMemory.Outcome.Made();
    } catch (PodiumException failure) {
      return outcome(failure);
    }
  }

  private static ScalerMemory.Outcome outcome(PodiumException failure) {
    return switch (failure) {
      case PodiumException.AlreadyExists _ -> new ScalerMemory.Outcome.Adopted();
      case PodiumException.NoCapacity _, PodiumException.PlaceForbidden _ ->
          new ScalerMemory.Outcome.NoRoom(failure);
      case PodiumException.RateLimited _, PodiumException.Unavailable _ ->
          new ScalerMemory.Outcome.Busy(failure);
      case PodiumException.Invalid _,
          PodiumException.NotFound _,
          PodiumException.QuotaExceeded _,
          PodiumException.NotPermitted _,
          PodiumException.NotSignedIn _,
          PodiumException.InUse _,
          PodiumException.Conflict _,
          PodiumException.CloudFailed _ ->
          new ScalerMemory.Outcome.Refused(failure);
    };
  }

  private CreateRequest request(SlotOrders.Order order) {
    ScalingPolicy policy = order.policy();
    CreateRequest usual = CreateRequest.defaults();
    return new CreateRequest(
        1,
        fleet,
        List.of(order.creation().slot().zone()),
        policy.machineType(),
        policy.image(),
        specs.settings().diskType().orElse(usual.diskType()),
        usual.diskSizeGb(),
        order.creation().spot(),
        policy.runLimit(),
        policy.seats(),
        Map.of(),
        Optional.empty());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

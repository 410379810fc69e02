package dev.podium.fleet.vm;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.Background;
import dev.podium.fleet.directory.Failures;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.directory.VmDirectory;
import dev.podium.fleet.directory.VmWaiters;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Ends a VM because a person asked for it: at once, or once it is drained. May be used from any
/// thread.
public final class VmDestruction {
  private final ComputeCloud cloud;
  private final HealthMonitor monitor;
  private final DestructionCheck check;
  private final VmDirectory vms;
  private final VmWaiters waiters;
  private final ActivityLog activityLog;
  private final String reason;

  public VmDestruction(
      ComputeCloud cloud,
      HealthMonitor monitor,
      DestructionCheck check,
      VmDirectory vms,
      VmWaiters waiters,
      ActivityLog activityLog,
      FleetSettings settings) {
    this.cloud = cloud;
    this.monitor = monitor;
    this.check = check;
    this.vms = vms;
    this.waiters = waiters;
    this.activityLog = activityLog;
    this.reason = "destroyed by " + (settings.operator().isBlank() ? "you" : settings.operator());
  }

  /// Reads the VM anew, requires that nobody is on it, deletes it and waits until it is gone.
  ///
  /// @param force although people are on it, or may be
  public CompletableFuture<Void> destroy(VmName name, boolean force) {
    return Background.start(gone -> destroy(name, force, gone));
  }

  private void destroy(VmName name, boolean force, CompletableFuture<Void> gone) {
    Optional<FleetVm> known = vms.find(name);
    if (!force) {
      // What is known already is said at once, whatever the cloud does.
      known.ifPresent(DestructionCheck::requireNobodyHeard);
    }
    Vm believed = known.map(FleetVm::vm).orElseGet(() -> check.search(name));
    Optional<Vm> fresh = check.read(believed);
    if (fresh.isEmpty()) {
      Failures.pass(waiters.gone(believed.id()), gone);
      return;
    }
    if (!force) {
      check.requireNobody(fresh.get(), vms.find(name));
    }
    delete(fresh.get(), gone);
  }

  private void delete(Vm vm, CompletableFuture<Void> gone) {
    ComputeCloud.Started deletion = cloud.delete(vm.zone(), vm.name(), monitor.deletionId(vm));
    activityLog.info(vm.name(), reason);
    monitor.endAccepted(vm, reason);
    var _ =
        deletion
            .done()
            .whenComplete((_, failure) -> {
              if (failure == null) {
                monitor.missing(vm);
                Failures.pass(waiters.gone(vm.id()), gone);
              } else {
                PodiumException known = Failures.podium(failure);
                monitor.endFailed(vm, known.sentence());
                gone.completeExceptionally(known);
              }
            });
  }

  /// Has the monitor move the VM's people on and delete it when it is empty.
  public CompletableFuture<Void> drain(VmName name) {
    Optional<FleetVm> found = vms.find(name);
    if (found.isEmpty()) {
      return CompletableFuture.failedFuture(VmDirectory.unknown(name));
    }
    CompletableFuture<Void> gone = waiters.gone(found.get().vm().id());
    activityLog.info(name, "asked to drain");
    CompletableFuture<Boolean> known = monitor.drain(name, "drained by the operator");
    return known.thenCompose(
        there -> there ? gone : CompletableFuture.failedFuture(VmDirectory.unknown(name)));
  }
}

package dev.podium.core.fleet;

import dev.podium.core.chat.AgentMetadata;
import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.health.HealthMonitor;
import dev.podium.core.model.Labels;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmName;
import dev.podium.core.model.VmSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes one VM: in the first zone that has room, with a few retries where the cloud is only busy.
/// Blocks; meant for a virtual thread.
final class VmCreation {
  /// Marks which request a VM was made for, so that a repeat finds it.
  static final String REQUEST_LABEL = "podium-request";

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(6));

  private final ComputeCloud cloud;
  private final HealthMonitor monitor;
  private final FleetSettings settings;
  private final Supplier<Map<String, String>> admission;
  private final VmWaiters waiters;
  private final ActivityLog activityLog;
  // The cloud refuses a thousand simultaneous inserts; a few dozen keep it busy.
  private final Semaphore lanes = new Semaphore(32);
  private final Set<String> booting = ConcurrentHashMap.newKeySet();

  VmCreation(
      ComputeCloud cloud,
      HealthMonitor monitor,
      FleetSettings settings,
      Supplier<Map<String, String>> admission,
      VmWaiters waiters,
      ActivityLog activityLog) {
    this.cloud = cloud;
    this.monitor = monitor;
    this.settings = settings;
    this.admission = admission;
    this.waiters = waiters;
    this.activityLog = activityLog;
  }

  /// A VM on its way, and the zones that had no room for it.
  record Pending(Fleet.Creation creation, List<String> zonesTried) {
    static Pending of(VmName name) {
      return new Pending(
          new Fleet.Creation(
              name,
              new CompletableFuture<>(),
              new CompletableFuture<>(),
              new CompletableFuture<>()),
          new CopyOnWriteArrayList<>());
    }

    void fail(PodiumException failure) {
      creation.operation().completeExceptionally(failure);
      creation.running().completeExceptionally(failure);
      creation.ready().completeExceptionally(failure);
    }
  }

  /// What the VM is made of, in that zone.
  ///
  /// @throws PodiumException.Invalid if the request asks for something impossible
  VmSpec spec(CreateRequest request, VmName name, String zone, Map<String, String> more) {
    Map<String, String> labels = new HashMap<>(request.labels());
    labels.putAll(more);
    labels.put(Labels.FLEET, settings.fleet());
    labels.put(Labels.OWNER, settings.ownerLabel());
    labels.put(Labels.CONSOLE, settings.console());
    Map<String, String> metadata = new HashMap<>(admission.get());
    metadata.put(AgentMetadata.FLEET, settings.fleet());
    metadata.put(AgentMetadata.SEATS, Integer.toString(request.seats()));
    metadata.put(
        AgentMetadata.HEARTBEAT_SECONDS,
        Long.toString(settings.limits().watching().heartbeat().toSeconds()));
    metadata.put(AgentMetadata.VERSION, settings.version());
    return new VmSpec(
        name,
        zone,
        request.machineType(),
        request.image(),
        request.diskType(),
        request.diskSizeGb(),
        request.spot(),
        request.runLimit(),
        labels,
        metadata);
  }

  /// Carries the creation out and completes its futures.
  ///
  /// @param specs one for each zone, in order
  void run(Pending pending, List<VmSpec> specs, UUID requestId) {
    try {
      lanes.acquire();
      try {
        inFirstZoneWithRoom(pending, specs, requestId);
      } finally {
        lanes.release();
      }
    } catch (PodiumException failure) {
      activityLog.failed(pending.creation().name(), failure);
      pending.fail(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      pending.fail(closing(pending.creation().name()));
    }
  }

  private static PodiumException closing(VmName name) {
    return new PodiumException.Unavailable(
        "The VM '" + name + "' was not created", "Podium is being closed", "Ask again.", null);
  }

  /// Carries a slot's creation out, in its one zone.
  ScalerMemory.Outcome fill(Pending pending, VmSpec spec, UUID requestId) {
    try {
      lanes.acquire();
      try {
        inZone(pending, spec, requestId);
        return new ScalerMemory.Outcome.Made();
      } finally {
        lanes.release();
      }
    } catch (PodiumException failure) {
      pending.fail(failure);
      return outcome(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      pending.fail(closing(spec.name()));
      return new ScalerMemory.Outcome.Busy(closing(spec.name()));
    }
  }

  private static ScalerMemory.Outcome outcome(PodiumException failure) {
    return switch (failure) {
      case PodiumException.AlreadyExists _ -> new ScalerMemory.Outcome.Adopted();
      case PodiumException.NoCapacity _ -> new ScalerMemory.Outcome.NoRoom(failure);
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

  private void inFirstZoneWithRoom(Pending pending, List<VmSpec> specs, UUID requestId)
      throws InterruptedException {
    @Nullable PodiumException last = null;
    for (VmSpec spec : specs) {
      try {
        inZone(pending, spec, idIn(requestId, spec.zone()));
        return;
      } catch (PodiumException.NoCapacity none) {
        pending.zonesTried().add(spec.zone());
        last = none;
        activityLog.warn(spec.name(), spec.zone() + " has no room for it: " + none.sentence());
      }
    }
    throw new PodiumException.NoCapacity(
        "The VM '" + pending.creation().name() + "' could not be created",
        "no room in " + String.join(", ", pending.zonesTried()),
        "Add another zone, choose another machine type, or try later.",
        last);
  }

  private void inZone(Pending pending, VmSpec spec, UUID requestId) throws InterruptedException {
    ComputeCloud.Started started = accepted(spec, requestId);
    activityLog.info(spec.name(), "creation accepted in " + spec.zone());
    pending.creation().operation().complete(started.operation());
    Sight early = look(spec);
    early.vm().ifPresent(monitor::created);
    try {
      started.done().join();
    } catch (CompletionException e) {
      early
          .vm()
          .filter(this::isGone)
          .ifPresent(vm -> {
            monitor.endAccepted(vm, "not created: " + Failures.sentence(e));
            monitor.missing(vm);
          });
      throw Failures.podium(e);
    }
    switch (look(spec)) {
      case Sight.There(Vm vm) -> {
        monitor.created(vm);
        boots(pending, vm);
        follow(pending, vm);
      }
      case Sight.Missing _ ->
          throw new PodiumException.NotFound(
              "The VM '" + spec.name() + "' is gone",
              "the cloud created it and does not know it any more",
              "Ask again.",
              null);
      case Sight.NotKnown(PodiumException why) -> {
        // It was made, and whoever asks again would get a second one.
        activityLog.warn(spec.name(), "created, but not seen yet: " + why.sentence());
        pending.creation().running().complete(spec.zone());
        followUnseen(pending, spec, early.vm());
      }
    }
  }

  /// What a look for a VM found.
  private sealed interface Sight {
    record There(Vm there) implements Sight {}

    /// The cloud knows no VM of that name.
    record Missing() implements Sight {}

    /// The cloud did not say, which tells nothing of the VM.
    record NotKnown(PodiumException why) implements Sight {}

    default Optional<Vm> vm() {
      return this instanceof There(Vm there) ? Optional.of(there) : Optional.empty();
    }
  }

  private void boots(Pending pending, Vm vm) {
    booting.add(vm.id());
    var _ = pending.creation().ready().whenComplete((_, _) -> booting.remove(vm.id()));
  }

  /// The monitor knows the VM from the early look, or finds it with its next list.
  private void followUnseen(Pending pending, VmSpec spec, Optional<Vm> early) {
    CompletableFuture<Vm> seen =
        early
            .map(CompletableFuture::completedFuture)
            .orElseGet(() -> waiters.seen(spec.zone(), spec.name()));
    var _ =
        seen.thenAccept(vm -> {
          boots(pending, vm);
          Failures.pass(waiters.ready(vm.id()), pending.creation().ready());
        });
  }

  /// Whether the VM of that id was made here and has neither become ready nor failed to.
  boolean isBooting(String id) {
    return booting.contains(id);
  }

  /// The VM exists; what is left is to wait until it is ready.
  void follow(Pending pending, Vm vm) {
    monitor.found(vm);
    pending.creation().operation().complete("existing-" + vm.id());
    pending.creation().running().complete(vm.zone());
    Failures.pass(waiters.ready(vm.id()), pending.creation().ready());
  }

  private ComputeCloud.Started accepted(VmSpec spec, UUID requestId) throws InterruptedException {
    for (Duration pause : PAUSES) {
      try {
        return cloud.create(spec, requestId);
      } catch (PodiumException.RateLimited | PodiumException.Unavailable busy) {
        activityLog.warn(spec.name(), "the cloud is busy, asked again shortly: " + busy.sentence());
        // Spread out, so that a hundred refused requests do not come back as one.
        Thread.sleep(pause.multipliedBy(50 + (long) (Math.random() * 100)).dividedBy(100));
      }
    }
    return cloud.create(spec, requestId);
  }

  /// The cloud may have failed to say so in time, and made it all the same.
  private boolean isGone(Vm vm) {
    try {
      return cloud.get(vm.zone(), vm.name()).filter(one -> one.id().equals(vm.id())).isEmpty();
    } catch (PodiumException unknown) {
      return false;
    }
  }

  private Sight look(VmSpec spec) {
    try {
      return cloud
          .get(spec.zone(), spec.name())
          .<Sight>map(Sight.There::new)
          .orElseGet(Sight.Missing::new);
    } catch (PodiumException failure) {
      return new Sight.NotKnown(failure);
    }
  }

  private static UUID idIn(UUID requestId, String zone) {
    return UUID.nameUUIDFromBytes((requestId + zone).getBytes(StandardCharsets.UTF_8));
  }
}

package dev.podium.fleet.vm;

import dev.podium.fleet.Fleet;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.Failures;
import dev.podium.fleet.directory.VmWaiters;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes one VM: in the first zone that has room, with a few retries where the cloud is only busy.
/// Blocks; meant for a virtual thread.
public final class VmCreation {
  /// Marks which request a VM was made for, so that a repeat finds it.
  static final String REQUEST_LABEL = "podium-request";

  /// Spread out, so that a hundred refused requests do not come back as one.
  private static final Backoff BUSY =
      new Backoff(Duration.ofMillis(500), 4, Duration.ofSeconds(6), 0.5);

  private static final int REPEATS = 3;

  /// So many names of strangers are skipped; more are no accident.
  private static final int MOST_SKIPPED = 100;

  private final ComputeCloud cloud;
  private final HealthMonitor monitor;
  private final VmWaiters waiters;
  private final ActivityLog activityLog;
  // The cloud refuses a thousand simultaneous inserts; a few dozen keep it busy.
  private final Semaphore lanes = new Semaphore(32);
  private final Set<String> booting = ConcurrentHashMap.newKeySet();

  public VmCreation(
      ComputeCloud cloud, HealthMonitor monitor, VmWaiters waiters, ActivityLog activityLog) {
    this.cloud = cloud;
    this.monitor = monitor;
    this.waiters = waiters;
    this.activityLog = activityLog;
  }

  /// A VM on its way, and the zones that had no room for it.
  public record Pending(Fleet.Creation creation, List<String> zonesTried) {
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

  /// One name's try: what to make in each zone, in order, and the id that a repeat has too.
  record Attempt(VmName name, List<VmSpec> specs, UUID requestId) {}

  /// Carries the creation out and completes its futures.
  ///
  /// @param next the try under the next free number, for when a stranger has the name
  void run(Pending pending, Attempt first, Supplier<Attempt> next) {
    try {
      lanes.acquire();
      try {
        underFreeName(pending, first, next);
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
  ///
  /// @throws PodiumException why the VM was not made; its futures have failed with the same
  void fill(Pending pending, VmSpec spec, UUID requestId) {
    try {
      lanes.acquire();
      try {
        inZone(pending, spec, requestId);
      } finally {
        lanes.release();
      }
    } catch (PodiumException failure) {
      pending.fail(failure);
      throw failure;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      PodiumException failure = closing(spec.name());
      pending.fail(failure);
      throw failure;
    }
  }

  private void underFreeName(Pending pending, Attempt first, Supplier<Attempt> next)
      throws InterruptedException {
    Attempt attempt = first;
    for (int skipped = 0; ; skipped++) {
      try {
        inFirstZoneWithRoom(pending, attempt.specs(), attempt.requestId());
        return;
      } catch (PodiumException.AlreadyExists taken) {
        Optional<Vm> own = attempt.specs().stream().flatMap(this::ownRequest).findFirst();
        if (own.isPresent()) {
          // Another console was asked the same under the same key, and was faster.
          boots(pending, own.get());
          follow(pending, own.get());
          return;
        }
        if (skipped == MOST_SKIPPED) {
          throw taken;
        }
        VmName name = attempt.name();
        attempt = next.get();
        pending.creation().identity().rename(attempt.name());
        activityLog.info(attempt.name(), "takes this name because '" + name + "' is taken");
      }
    }
  }

  /// The VM of that name, if it was made for the very same request.
  private Stream<Vm> ownRequest(VmSpec spec) {
    return spec.labels().containsKey(REQUEST_LABEL)
        ? read(spec).vm().filter(vm -> isFor(spec, vm)).stream()
        : Stream.empty();
  }

  private static boolean isFor(VmSpec spec, Vm vm) {
    return Objects.equals(spec.labels().get(REQUEST_LABEL), vm.labels().get(REQUEST_LABEL));
  }

  /// Whether it is what this console asked for, and no other console's VM of the same name.
  private static boolean isOwn(VmSpec spec, Vm vm) {
    return isFor(spec, vm)
        && Objects.equals(spec.labels().get(Labels.CONSOLE), vm.labels().get(Labels.CONSOLE));
  }

  private void inFirstZoneWithRoom(Pending pending, List<VmSpec> specs, UUID requestId)
      throws InterruptedException {
    @Nullable PodiumException last = null;
    int forbidden = 0;
    for (VmSpec spec : specs) {
      try {
        inZone(pending, spec, idIn(requestId, spec.zone()));
        return;
      } catch (PodiumException.NoCapacity none) {
        pending.zonesTried().add(spec.zone());
        last = none;
        activityLog.warn(spec.name(), spec.zone() + " has no room for it: " + none.sentence());
      } catch (PodiumException.PlaceForbidden no) {
        pending.zonesTried().add(spec.zone());
        last = no;
        forbidden++;
        activityLog.warn(spec.name(), spec.zone() + " is passed over: " + no.sentence());
      }
    }
    if (last != null && forbidden == specs.size()) {
      throw last;
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
    ReadResult early = read(spec);
    early.vm().ifPresent(monitor::created);
    Optional<Vm> own = early.vm().filter(vm -> isOwn(spec, vm));
    own.ifPresent(pending.creation().identity()::made);
    try {
      started.done().join();
    } catch (CompletionException e) {
      own.filter(this::isGone)
          .ifPresent(vm -> {
            monitor.endAccepted(vm, "not created: " + Failures.sentence(e));
            monitor.missing(vm);
          });
      throw Failures.podium(e);
    }
    switch (read(spec)) {
      case ReadResult.Found(Vm vm) -> {
        monitor.created(vm);
        boots(pending, vm);
        follow(pending, vm);
      }
      case ReadResult.Missing _ ->
          throw new PodiumException.NotFound(
              "The VM '" + spec.name() + "' is gone",
              "the cloud created it and does not know it any more",
              "Ask again.",
              null);
      case ReadResult.NotKnown(PodiumException why) -> {
        // It was made, and whoever asks again would get a second one.
        activityLog.warn(spec.name(), "created, but not seen yet: " + why.sentence());
        pending.creation().running().complete(spec.zone());
        followUnseen(pending, spec, own);
      }
    }
  }

  /// What reading a VM from the cloud found.
  private sealed interface ReadResult {
    record Found(Vm found) implements ReadResult {}

    /// The cloud knows no VM of that name.
    record Missing() implements ReadResult {}

    /// The cloud did not say, which tells nothing of the VM.
    record NotKnown(PodiumException why) implements ReadResult {}

    default Optional<Vm> vm() {
      return this instanceof Found(Vm there) ? Optional.of(there) : Optional.empty();
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
          pending.creation().identity().made(vm);
          boots(pending, vm);
          Failures.pass(waiters.ready(vm.id()), pending.creation().ready());
        });
  }

  /// Whether the VM of that id was made here and has neither become ready nor failed to.
  public boolean isBooting(String id) {
    return booting.contains(id);
  }

  /// The VM exists; what is left is to wait until it is ready.
  void follow(Pending pending, Vm vm) {
    pending.creation().identity().made(vm);
    monitor.found(vm);
    pending.creation().operation().complete("existing-" + vm.id());
    pending.creation().running().complete(vm.zone());
    Failures.pass(waiters.ready(vm.id()), pending.creation().ready());
  }

  private ComputeCloud.Started accepted(VmSpec spec, UUID requestId) throws InterruptedException {
    for (int failures = 1; failures <= REPEATS; failures++) {
      try {
        return cloud.create(spec, requestId);
      } catch (PodiumException.RateLimited | PodiumException.Unavailable busy) {
        activityLog.warn(spec.name(), "the cloud is busy, asked again shortly: " + busy.sentence());
        Thread.sleep(BUSY.after(failures, Math.random()));
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

  private ReadResult read(VmSpec spec) {
    try {
      return cloud
          .get(spec.zone(), spec.name())
          .<ReadResult>map(ReadResult.Found::new)
          .orElseGet(ReadResult.Missing::new);
    } catch (PodiumException failure) {
      return new ReadResult.NotKnown(failure);
    }
  }

  private static UUID idIn(UUID requestId, String zone) {
    return UUID.nameUUIDFromBytes((requestId + zone).getBytes(StandardCharsets.UTF_8));
  }
}

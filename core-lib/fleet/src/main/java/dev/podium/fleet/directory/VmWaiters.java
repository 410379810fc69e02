package dev.podium.fleet.directory;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.AccessRemedy;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Futures that complete when the event stream says that a VM is ready, or gone. What waits is
/// completed on a virtual thread, never on the monitor's.
public final class VmWaiters implements AutoCloseable {
  private final Map<String, List<CompletableFuture<FleetVm>>> ready = new HashMap<>();
  private final Map<String, List<Leaving>> gone = new HashMap<>();
  private final List<Coming> coming = new ArrayList<>();
  private final EventStream events;
  private final EventStream.Subscription subscription;

  private static final class Leaving {
    final CompletableFuture<Void> future = new CompletableFuture<>();
    boolean drained;
  }

  private record Coming(String zone, VmName name, CompletableFuture<Vm> future) {
    boolean is(Vm vm) {
      return vm.zone().equals(zone) && vm.name().equals(name);
    }
  }

  public VmWaiters(EventStream events) {
    this.events = events;
    this.subscription = events.subscribe(this::accept);
  }

  /// Completes when the VM takes people; fails if it is broken or condemned, or goes before.
  public CompletableFuture<FleetVm> ready(String id) {
    CompletableFuture<FleetVm> future = new CompletableFuture<>();
    synchronized (this) {
      ready.computeIfAbsent(id, _ -> new ArrayList<>()).add(future);
    }
    @Nullable FleetVm now = known(id);
    if (now != null) {
      changed(now);
    }
    return future;
  }

  /// Completes when the monitor has seen a VM of that name, of which the id is not known yet.
  public CompletableFuture<Vm> seen(String zone, VmName name) {
    Coming mine = new Coming(zone, name, new CompletableFuture<>());
    synchronized (this) {
      coming.add(mine);
    }
    events.fleet().stream().filter(vm -> mine.is(vm.vm())).findFirst().ifPresent(this::changed);
    return mine.future();
  }

  /// Completes when the VM is no more; fails if it was drained and then takes people again.
  public CompletableFuture<Void> gone(String id) {
    Leaving leaving = new Leaving();
    synchronized (this) {
      gone.computeIfAbsent(id, _ -> new ArrayList<>()).add(leaving);
    }
    if (known(id) == null) {
      vanished(id, "");
    }
    return leaving.future;
  }

  /// Whether somebody waits for the VM's end.
  synchronized boolean awaitsEnd(String id) {
    return gone.containsKey(id);
  }

  private @Nullable FleetVm known(String id) {
    for (FleetVm vm : events.fleet()) {
      if (vm.vm().id().equals(id)) {
        return vm;
      }
    }
    return null;
  }

  private void accept(FleetEvent event) {
    switch (event) {
      case FleetEvent.VmChanged(FleetVm vm) -> changed(vm);
      case FleetEvent.VmGone left -> vanished(left.id(), left.reason());
      case FleetEvent.Activity _, FleetEvent.MonitorTicked _ -> {}
    }
  }

  private synchronized void changed(FleetVm vm) {
    String id = vm.vm().id();
    List<Coming> come = coming.stream().filter(one -> one.is(vm.vm())).toList();
    if (!come.isEmpty()) {
      coming.removeAll(come);
      Thread.ofVirtual().start(() -> come.forEach(one -> one.future().complete(vm.vm())));
    }
    if (vm.health().welcomes()) {
      finish(ready.remove(id), vm, null);
    } else if (failsToStart(vm.health())) {
      finish(ready.remove(id), null, notReady(vm));
    }
    List<Leaving> leaving = gone.get(id);
    if (leaving == null) {
      return;
    }
    if (vm.health() == Health.DRAINING) {
      leaving.forEach(one -> one.drained = true);
    } else if (vm.health().welcomes()) {
      List<Leaving> refused = leaving.stream().filter(one -> one.drained).toList();
      leaving.removeAll(refused);
      if (leaving.isEmpty()) {
        gone.remove(id);
      }
      if (!refused.isEmpty()) {
        PodiumException taken = notDrained(vm);
        Thread.ofVirtual()
            .start(() -> refused.forEach(one -> one.future.completeExceptionally(taken)));
      }
    }
  }

  private static boolean failsToStart(Health health) {
    return switch (health) {
      // A broken VM may recover, but nobody should wait for it: whoever does takes another.
      case BROKEN, CONDEMNED, TERMINATED -> true;
      case STARTING, HEALTHY, IDLE, SUSPECT, UNREACHABLE, DRAINING, DELETING, UNKNOWN -> false;
    };
  }

  private static PodiumException notDrained(FleetVm vm) {
    return new PodiumException.Conflict(
        "The VM '" + vm.name() + "' was not drained",
        vm.verdict().reason(),
        "Drain it again, or destroy it.",
        null);
  }

  private synchronized void vanished(String id, String reason) {
    finish(ready.remove(id), null, notReady(id, reason));
    List<Leaving> waiting = gone.remove(id);
    if (waiting != null) {
      Thread.ofVirtual().start(() -> waiting.forEach(leaving -> leaving.future.complete(null)));
    }
  }

  private static void finish(
      @Nullable List<CompletableFuture<FleetVm>> waiting,
      @Nullable FleetVm vm,
      @Nullable PodiumException failure) {
    if (waiting == null) {
      return;
    }
    Thread.ofVirtual()
        .start(() -> {
          for (CompletableFuture<FleetVm> future : waiting) {
            if (vm != null) {
              future.complete(vm);
            } else if (failure != null) {
              future.completeExceptionally(failure);
            }
          }
        });
  }

  private static PodiumException notReady(FleetVm vm) {
    return vm.access()
        .map(problem ->
            AccessRemedy.refusal(
                "The VM '" + vm.name() + "' did not become ready", problem, vm.vm()))
        .orElseGet(() -> notReady(vm.name().value(), vm.verdict().reason()));
  }

  private static PodiumException notReady(String name, String reason) {
    return new PodiumException.Unavailable(
        "The VM '" + name + "' did not become ready",
        reason,
        "Look at its serial console; its image or its network may be at fault.",
        null);
  }

  @Override
  public void close() {
    subscription.close();
  }
}

package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Compute Engine in a map: instances run at once, labels have fingerprints, request ids are
/// remembered. Zones can be full, and any call can be made to fail. May be used from any thread.
public final class MemoryCloud implements ComputeCloud {
  private final Map<String, Vm> vms = new LinkedHashMap<>();
  private final Map<VmName, Map<String, String>> metadata = new HashMap<>();
  private final Map<String, VmSpec> specs = new HashMap<>();
  private final Set<UUID> requests = new HashSet<>();
  private final Set<String> full = new HashSet<>();
  private Set<String> unreached = Set.of();
  private final List<String> deletions = new ArrayList<>();
  private final List<PastDeletion> history = new ArrayList<>();
  private final Supplier<Instant> clock;
  private long number = 1_000;
  private final Map<UUID, PodiumException> failed = new HashMap<>();
  private @Nullable PodiumException broken;
  private @Nullable PodiumException unreadable;
  private int readable;
  private @Nullable PodiumException hidden;
  private @Nullable PodiumException refusal;
  private Consumer<Vm> created = _ -> {};
  private Consumer<Vm> deleted = _ -> {};

  public MemoryCloud(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /// Called with each VM that is made, under no lock: a test starts its agent here.
  public synchronized void onCreate(Consumer<Vm> action) {
    created = action;
  }

  /// Called with each VM that is deleted.
  public synchronized void onDelete(Consumer<Vm> action) {
    deleted = action;
  }

  /// Reading what was deleted fails with this from now on.
  public synchronized void hideHistory(PodiumException failure) {
    hidden = failure;
  }

  /// That zone has no machines left.
  public synchronized void fill(String zone) {
    full.add(zone);
  }

  /// These zones do not answer.
  public synchronized void unreach(Set<String> zones) {
    unreached = zones;
  }

  /// Every call fails so, until null.
  public synchronized void breakWith(@Nullable PodiumException failure) {
    broken = failure;
  }

  /// After so many more readings of a single VM, each fails so.
  public synchronized void unreadableAfter(int readings, PodiumException failure) {
    readable = readings;
    unreadable = failure;
  }

  /// Every creation fails so after it was accepted, until null. A repeat of its request fails so
  /// for ever.
  public synchronized void refuseWith(@Nullable PodiumException failure) {
    refusal = failure;
  }

  /// A VM that is there without Podium having asked.
  public synchronized void put(Vm vm) {
    vms.put(key(vm.zone(), vm.name()), vm);
  }

  /// The VM is gone without Podium having asked.
  public synchronized void vanish(VmName name) {
    vms.values().removeIf(vm -> vm.name().equals(name));
  }

  /// The VM changes without Podium having asked.
  public synchronized void state(VmName name, VmState state) {
    vms.replaceAll((_, vm) -> vm.name().equals(name) ? with(vm, state, vm.labels()) : vm);
  }

  /// Somebody else sets a label.
  public synchronized void label(VmName name, String key, String value) {
    vms.replaceAll((_, vm) -> {
      Map<String, String> labels = new HashMap<>(vm.labels());
      labels.put(key, value);
      return vm.name().equals(name) ? with(vm, vm.state(), labels) : vm;
    });
  }

  /// Every VM, of all fleets.
  public synchronized List<Vm> all() {
    return List.copyOf(vms.values());
  }

  /// What the VM of that name was asked for with.
  public synchronized Optional<VmSpec> spec(VmName name) {
    return Optional.ofNullable(specs.get(name.value()));
  }

  /// The names of the VMs whose deletion was asked for, in order.
  public synchronized List<String> deleted() {
    return List.copyOf(deletions);
  }

  @Override
  public synchronized VmList list(String fleet) {
    failIfBroken();
    return new VmList(
        vms.values().stream()
            .filter(vm -> fleet.equals(vm.labels().get(Labels.FLEET)))
            .filter(vm -> !unreached.contains(vm.zone()))
            .toList(),
        unreached);
  }

  @Override
  public synchronized Optional<Vm> get(String zone, VmName name) {
    failIfBroken();
    if (unreadable != null && readable-- <= 0) {
      throw unreadable;
    }
    return Optional.ofNullable(vms.get(key(zone, name)));
  }

  @Override
  public Started create(VmSpec spec, UUID requestId) {
    Vm vm;
    Consumer<Vm> then;
    synchronized (this) {
      failIfBroken();
      if (full.contains(spec.zone())) {
        throw new PodiumException.NoCapacity(
            "The VM '" + spec.name() + "' could not be created",
            spec.zone() + " has no " + spec.machineType() + " left",
            "Try another zone.",
            null);
      }
      if (refusal != null) {
        failed.putIfAbsent(requestId, refusal);
      }
      if (failed.containsKey(requestId)) {
        return new Started(
            "operation-" + requestId, CompletableFuture.failedFuture(failed.get(requestId)));
      }
      if (requests.add(requestId) && vms.containsKey(key(spec.zone(), spec.name()))) {
        throw new PodiumException.AlreadyExists(
            "The VM '" + spec.name() + "' could not be created",
            "there is one of that name",
            "Choose another name.",
            null);
      }
      metadata.put(spec.name(), new HashMap<>(spec.metadata()));
      vm = running(spec);
      vms.put(key(spec.zone(), spec.name()), vm);
      specs.put(spec.name().value(), spec);
      then = created;
    }
    then.accept(vm);
    return new Started("operation-" + requestId, CompletableFuture.completedFuture(null));
  }

  /// Each VM has a port of its own, as on the local cloud.
  private Vm running(VmSpec spec) {
    long id = ++number;
    return VmBuilder.vm(Long.toString(id), spec.name().value())
        .zone(spec.zone())
        .machineType(spec.machineType())
        .created(clock.get())
        .labels(spec.labels())
        .chatPort(10_000 + (int) id)
        .spot(spec.spot())
        .runLimit(spec.runLimit())
        .build();
  }

  @Override
  public Started deleteOnce(String zone, VmName name, UUID requestId) {
    return delete(zone, name, requestId);
  }

  @Override
  public Started delete(String zone, VmName name, UUID requestId) {
    Vm vm;
    Consumer<Vm> then;
    synchronized (this) {
      failIfBroken();
      deletions.add(name.value());
      vm = vms.remove(key(zone, name));
      if (vm != null) {
        history.add(new PastDeletion(vm.id(), Optional.of(requestId), clock.get()));
      }
      then = deleted;
    }
    if (vm != null) {
      then.accept(vm);
    }
    return new Started("delete-" + requestId, CompletableFuture.completedFuture(null));
  }

  @Override
  public synchronized List<PastDeletion> deletions(Instant since, Set<String> without) {
    failIfBroken();
    if (hidden != null) {
      throw hidden;
    }
    return history.stream().filter(one -> !one.accepted().isBefore(since)).toList();
  }

  @Override
  public synchronized Instant setLabels(Vm vm, Map<String, String> labels) {
    failIfBroken();
    Vm now = vms.get(key(vm.zone(), vm.name()));
    if (now == null || !now.labelFingerprint().equals(vm.labelFingerprint())) {
      throw new PodiumException.Conflict(
          "The labels of '" + vm.name() + "' were not set",
          "somebody changed them",
          "Again.",
          null);
    }
    vms.put(key(vm.zone(), vm.name()), with(now, now.state(), labels));
    return clock.get();
  }

  @Override
  public synchronized Map<String, String> metadata(String zone, VmName name) {
    failIfBroken();
    return Map.copyOf(metadata.getOrDefault(name, Map.of()));
  }

  @Override
  public synchronized void editMetadata(
      String zone, VmName name, UnaryOperator<Map<String, String>> edit) {
    failIfBroken();
    Map<String, String> items = metadata.computeIfAbsent(name, _ -> new HashMap<>());
    items.putAll(edit.apply(Map.copyOf(items)));
    items.values().removeIf(String::isEmpty);
  }

  @Override
  public SerialOutput serialPort(String zone, VmName name, long start) {
    String text = "booted " + name + "\n";
    return new SerialOutput(text.substring((int) Math.min(start, text.length())), text.length());
  }

  @Override
  public List<String> zones() {
    return List.of("us-central1-a", "us-central1-b", "us-central1-c");
  }

  @Override
  public List<MachineType> machineTypes(String zone) {
    return List.of(
        new MachineType("e2-small", 2, 2_048, 0.0168),
        new MachineType("c3-standard-4", 4, 16_384, 0, false));
  }

  @Override
  public void close() {}

  private void failIfBroken() {
    if (broken != null) {
      throw broken;
    }
  }

  private static Vm with(Vm vm, VmState state, Map<String, String> labels) {
    return VmBuilder.like(vm)
        .state(state)
        .labels(labels)
        .labelFingerprint(vm.labelFingerprint() + "+")
        .build();
  }

  private static String key(String zone, VmName name) {
    return zone + "/" + name;
  }
}

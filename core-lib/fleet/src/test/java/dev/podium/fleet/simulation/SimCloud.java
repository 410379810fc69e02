package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.scaler.Slot;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Compute Engine: what it does when a request arrives. Names are kept apart within a zone only,
/// and labels have fingerprints. A request id that comes again is not carried out again. Every VM
/// ends at its run limit.
final class SimCloud {
  static final List<String> ZONES = List.of("us-central1-a", "us-central1-b");

  private final Simulation world;
  private final Map<String, SimVm> vms = new LinkedHashMap<>();
  private final Map<UUID, CompletableFuture<Void>> deletions = new HashMap<>();
  private final Deque<PastDeletion> history = new ArrayDeque<>();
  private final Set<String> full = new HashSet<>();
  private final Set<String> unreached = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private long number = 1_000;

  SimCloud(Simulation world) {
    this.world = world;
    world.agenda.atRate(world.faults.stockOuts(), this::stockOut);
    world.agenda.atRate(world.faults.outages(), this::outage);
  }

  List<SimVm> all() {
    return new ArrayList<>(vms.values());
  }

  Optional<SimVm> byName(String name) {
    return vms.values().stream().filter(one -> one.vm.name().value().equals(name)).findFirst();
  }

  /// The machine that the console means, if it still exists.
  Optional<SimVm> byId(Vm vm) {
    return Optional.ofNullable(vms.get(key(vm.zone(), vm.name())))
        .filter(one -> one.vm.id().equals(vm.id()));
  }

  private void stockOut() {
    String zone = ZONES.get(world.agenda.random().nextInt(ZONES.size()));
    if (full.add(zone)) {
      world.referee.fault();
      world.agenda.in(
          world.agenda.between(Duration.ofMinutes(2), Duration.ofMinutes(40)),
          () -> full.remove(zone));
    }
    world.agenda.atRate(world.faults.stockOuts(), this::stockOut);
  }

  private void outage() {
    String zone = ZONES.get(world.agenda.random().nextInt(ZONES.size()));
    if (unreached.add(zone)) {
      world.referee.fault();
      world.agenda.in(
          world.agenda.between(Duration.ofMinutes(2), Duration.ofMinutes(40)),
          () -> {
            unreached.remove(zone);
            all().stream()
                .filter(one -> one.vm.zone().equals(zone))
                .forEach(world.referee::countsAnew);
          });
    }
    world.agenda.atRate(world.faults.outages(), this::outage);
  }

  /// Whether Compute Engine reaches that zone.
  boolean reached(String zone) {
    return !unreached.contains(zone);
  }

  private void requireReached(String zone) {
    if (!reached(zone)) {
      throw new PodiumException.Unavailable("The call failed", zone + " is not reached", "", null);
    }
  }

  VmList list() {
    return new VmList(
        vms.values().stream().map(one -> one.vm).filter(vm -> reached(vm.zone())).toList(),
        unreached);
  }

  Optional<Vm> get(String zone, VmName name) {
    requireReached(zone);
    return Optional.ofNullable(vms.get(key(zone, name))).map(one -> one.vm);
  }

  CompletableFuture<Void> insert(
      VmName name, String zone, Map<String, String> labels, boolean spot, boolean outdated) {
    requireReached(zone);
    String key = key(zone, name);
    if (vms.containsKey(key)) {
      throw new PodiumException.AlreadyExists("The VM was not created", "it exists", "", null);
    }
    if (vms.size() >= world.faults.quota()) {
      throw new PodiumException.QuotaExceeded("The VM was not created", "CPUS", "Ask.", null);
    }
    boolean noRoom = full.contains(zone);
    if (noRoom && world.agenda.random().nextBoolean()) {
      throw noRoom(zone);
    }
    Vm machine = vm(name, zone, labels, spot, outdated);
    SimVm made =
        new SimVm(
            machine,
            new SimAgent(world, machine, clock()),
            world.agenda.chance(world.faults.stillborn()),
            world.demo ? world.limits.silence().condemned() : Duration.ofSeconds(30),
            world.agenda.now());
    vms.put(key, made);
    world.referee.created(made);
    CompletableFuture<Void> done = new CompletableFuture<>();
    world.agenda.in(
        world.agenda.between(Duration.ofSeconds(3), Duration.ofSeconds(15)) + slow(),
        () -> {
          if (noRoom) {
            remove(made);
            done.completeExceptionally(noRoom(zone));
          } else if (!made.deleting) {
            run(made);
            done.complete(null);
          }
        });
    return done;
  }

  /// How far a new machine's clock is ahead.
  private Duration clock() {
    return world.agenda.chance(world.faults.clocks())
        ? Duration.ofNanos(world.agenda.between(Duration.ofMinutes(-30), Duration.ofMinutes(30)))
        : Duration.ZERO;
  }

  /// A VM of the release before, in the slot of that number.
  void insertOutdated(int number) {
    Slot slot = new Slot(Simulation.FLEET, ZONES.getFirst(), number);
    Map<String, String> labels = new HashMap<>(slot.labels());
    labels.put(Labels.FLEET, Simulation.FLEET);
    var _ = insert(slot.name(), slot.zone(), labels, false, true);
  }

  /// Whether Compute Engine ever gave a VM that address.
  boolean gave(String url) {
    return addresses.contains(url);
  }

  private static PodiumException noRoom(String zone) {
    return new PodiumException.NoCapacity("The VM was not created", zone + " is full", "", null);
  }

  private void run(SimVm made) {
    state(made, VmState.RUNNING);
    if (made.stillborn) {
      made.dead = true;
    } else {
      world.agenda.in(
          world.agenda.between(Duration.ofSeconds(10), Duration.ofSeconds(60)),
          () -> world.mishaps.booted(made));
    }
    world.agenda.in(
        Simulation.RUN_LIMIT,
        () -> {
          if (vms.containsValue(made) && !made.deleting) {
            world.people.leaveAll(made);
            remove(made);
          }
        });
  }

  private Vm vm(
      VmName name, String zone, Map<String, String> labels, boolean spot, boolean outdated) {
    long id = ++number;
    Vm made =
        VmBuilder.vm(Long.toString(id), name.value())
            .zone(zone)
            .state(VmState.PROVISIONING)
            .created(world.serverTime())
            .labels(labels)
            .address("10.0.0." + id % 250)
            .spot(spot)
            .runLimit(Simulation.RUN_LIMIT)
            .signs(!outdated)
            .seats(Simulation.SEATS)
            .build();
    addresses.add(made.chatUrl().orElseThrow().toString());
    return made;
  }

  /// @param by what the referee must know of the deletion
  CompletableFuture<Void> delete(String zone, VmName name, UUID request, Deletion by) {
    requireReached(zone);
    CompletableFuture<Void> before = deletions.get(request);
    if (before != null) {
      return before;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    deletions.put(request, done);
    SimVm there = vms.get(key(zone, name));
    if (there == null || there.deleting) {
      done.complete(null);
      return done;
    }
    world.referee.deleted(there, by);
    history.addFirst(new PastDeletion(there.vm.id(), Optional.of(request), world.serverTime()));
    there.deleting = true;
    VmState former = there.vm.state();
    state(there, VmState.STOPPING);
    boolean fails = world.agenda.chance(world.faults.failedDeletions());
    world.agenda.in(
        world.agenda.between(Duration.ofSeconds(2), Duration.ofSeconds(20)) + slow(),
        () -> {
          if (fails) {
            there.deleting = false;
            state(there, former);
            world.referee.countsAnew(there);
            done.completeExceptionally(
                new PodiumException.CloudFailed("The deletion failed", "backendError", "", null));
          } else {
            world.people.leaveAll(there);
            remove(there);
            done.complete(null);
          }
        });
    return done;
  }

  /// What was deleted since then.
  List<PastDeletion> deletions(Instant since) {
    return history.stream().takeWhile(one -> !one.accepted().isBefore(since)).toList();
  }

  /// A person deletes it, through no console of these.
  void deletedByHand(SimVm there) {
    if (!there.deleting && reached(there.vm.zone())) {
      there.deleting = true;
      state(there, VmState.STOPPING);
      world.agenda.in(
          world.agenda.between(Duration.ofSeconds(2), Duration.ofSeconds(20)),
          () -> {
            world.people.leaveAll(there);
            remove(there);
          });
    }
  }

  void setLabels(Vm seen, Map<String, String> labels, boolean checked) {
    requireReached(seen.zone());
    SimVm there = vms.get(key(seen.zone(), seen.name()));
    if (there == null) {
      throw new PodiumException.NotFound("The labels were not set", "it is gone", "", null);
    }
    if (checked && !there.vm.labelFingerprint().equals(seen.labelFingerprint())) {
      throw new PodiumException.Conflict("The labels were not set", "they changed", "", null);
    }
    if (!Objects.equals(labels.get(Labels.CLAIM), there.vm.labels().get(Labels.CLAIM))) {
      there.claimedAt = world.agenda.now();
    }
    there.vm = with(there.vm, there.vm.state(), labels);
  }

  /// The cloud takes a VM away, but not its disk.
  void stop(SimVm there) {
    if (!there.deleting && there.vm.state() == VmState.RUNNING) {
      world.people.leaveAll(there);
      there.stoppedAt = world.agenda.now();
      state(there, VmState.TERMINATED);
    }
  }

  private void remove(SimVm there) {
    vms.values().remove(there);
    world.referee.gone(there);
  }

  private void state(SimVm there, VmState state) {
    there.vm = with(there.vm, state, there.vm.labels());
  }

  private long slow() {
    long most = world.faults.slowOperations().toNanos();
    return most == 0 ? 0 : world.agenda.between(Duration.ZERO, world.faults.slowOperations());
  }

  static Vm with(Vm vm, VmState state, Map<String, String> labels) {
    return VmBuilder.like(vm)
        .state(state)
        .labels(labels)
        .labelFingerprint(
            vm.labelFingerprint().equals("f0") || !labels.equals(vm.labels())
                ? "f" + (Integer.parseInt(vm.labelFingerprint().substring(1)) + 1)
                : vm.labelFingerprint())
        .build();
  }

  private static String key(String zone, VmName name) {
    return zone + "/" + name;
  }

  /// The slot's number and zone, for VMs that fill one.
  static Optional<String> slot(Vm vm) {
    return Slot.fills(vm)
        ? Optional.of(vm.zone() + "#" + vm.labels().get("podium-slot"))
        : Optional.empty();
  }

  static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
}

package dev.podium.localcloud.state;

import dev.podium.localcloud.state.Operations.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Leads instances through their lives:
///
/// ```
/// insert → PROVISIONING → STAGING → RUNNING → STOPPING → TERMINATED
///                 start ↗                        ↘ delete: gone
/// ```
///
/// Every step is a compare-and-set on the instance's id and status, so a step that was overtaken by
/// a delete does nothing. An insert is DONE when the instance is RUNNING, not when its programs
/// are; a failed one leaves nothing behind. Any thread may call; no method blocks.
public final class InstanceLifecycle {
  private final ComputeState state;
  private final Operations operations;
  private final Machines machines;
  private final Tempo tempo;

  /// Deletes that wait for a machine to be gone, by instance id; guarded by `this`.
  private final Map<Long, List<Operation>> departures = new HashMap<>();

  /// Machines that were cut off and are about to be turned on again; guarded by `this`.
  private final Set<Long> resetting = new HashSet<>();

  public InstanceLifecycle(ComputeState state, Machines machines, Tempo tempo) {
    this.state = state;
    this.operations = state.operations();
    this.machines = machines;
    this.tempo = tempo;
  }

  /// How long things take.
  public Tempo tempo() {
    return tempo;
  }

  /// Creates an instance.
  ///
  /// @param created the disks that come into being with it
  /// @throws Refusal if the name is taken
  public synchronized Operation insert(
      InstanceKey key, InstanceSpec spec, List<Disk> created, Caller caller) {
    if (state.instance(key).isPresent()) {
      throw Refusal.alreadyExists(state.project().path(key.path()));
    }
    for (Disk disk : created) {
      if (state.disk(disk.key()).isPresent()) {
        throw Refusal.alreadyExists(state.project().path(disk.path()));
      }
    }
    long id = state.nextId();
    Operation operation = open("insert", key, id, caller);
    if (mishap(operation)) {
      return operation;
    }
    String diskType = created.isEmpty() ? "pd-standard" : created.getFirst().type();
    Optional<OperationError> obstacle = obstacle(key.zone(), spec, diskType, false);
    if (obstacle.isPresent()) {
      later(slowed(tempo.provisioning()), () -> operations.fail(operation, obstacle.get()));
      return operation;
    }
    InstanceSpec whole = spec.withMetadata(with(spec.metadata(), machines.additions(spec)));
    created.forEach(state::put);
    state.put(
        new Instance(
            key,
            id,
            state.now(),
            whole,
            InstanceStatus.PROVISIONING,
            Optional.empty(),
            Optional.empty(),
            false));
    later(tempo.provisioning(), () -> stage(key, id, operation));
    return operation;
  }

  private static Map<String, String> with(Map<String, String> given, Map<String, String> more) {
    Map<String, String> all = new java.util.LinkedHashMap<>(given);
    more.forEach(all::putIfAbsent);
    return all;
  }

  /// Starts an instance that is TERMINATED; one that runs already is left alone.
  public synchronized Operation start(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.TERMINATED, InstanceStatus.RUNNING);
    Operation operation = open("start", key, instance.id(), caller);
    if (instance.status() == InstanceStatus.RUNNING) {
      done(operation);
      return operation;
    }
    if (mishap(operation)) {
      return operation;
    }
    Optional<OperationError> obstacle = obstacle(key.zone(), instance.spec(), "pd-standard", true);
    if (obstacle.isPresent()) {
      later(slowed(tempo.provisioning()), () -> operations.fail(operation, obstacle.get()));
      return operation;
    }
    move(key, instance.id(), InstanceStatus.TERMINATED, InstanceStatus.PROVISIONING);
    later(tempo.provisioning(), () -> stage(key, instance.id(), operation));
    return operation;
  }

  private void stage(InstanceKey key, long id, Operation operation) {
    move(key, id, InstanceStatus.PROVISIONING, InstanceStatus.STAGING);
    later(slowed(tempo.staging()), () -> run(key, id, operation));
  }

  private synchronized void run(InstanceKey key, long id, Operation operation) {
    move(key, id, InstanceStatus.STAGING, InstanceStatus.RUNNING)
        .ifPresent(
            instance -> {
              machines.boot(instance, state.serialLog(instance));
              armLimit(instance);
            });
    operations.finish(operation);
  }

  /// Ends an instance when its time is over, unless it was stopped or started in between.
  private void armLimit(Instance started) {
    started
        .spec()
        .scheduling()
        .maxRunDuration()
        .ifPresent(limit -> later(tempo.scaled(limit), () -> limitReached(started)));
  }

  private synchronized void limitReached(Instance started) {
    state
        .instance(started.key(), started.id())
        .filter(now -> now.status() == InstanceStatus.RUNNING)
        .filter(now -> now.lastStart().equals(started.lastStart()))
        .ifPresent(this::end);
  }

  private void end(Instance instance) {
    if (deletesItself(instance)) {
      depart(
          instance,
          open("compute.instances.deferredDelete", instance.key(), instance.id(), Caller.SYSTEM),
          tempo.shutdownGrace());
    } else {
      halt(
          instance,
          open("compute.instances.deferredStop", instance.key(), instance.id(), Caller.SYSTEM),
          tempo.shutdownGrace());
    }
  }

  /// Takes a machine back as Compute Engine does with Spot instances: says so in its metadata,
  /// waits for as long as the instance was promised notice, asks it to end, and ends it 30 s later.
  public synchronized Operation preempt(InstanceKey key) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.RUNNING);
    state.change(key, instance.id(), Instance::preemptedNow);
    Operation operation = open("compute.instances.preempted", key, instance.id(), Caller.SYSTEM);
    Duration notice = tempo.scaled(instance.spec().scheduling().preemptionNotice());
    if (notice.isZero()) {
      preempted(instance, operation);
    } else {
      later(notice, () -> preempted(instance, operation));
    }
    return operation;
  }

  private synchronized void preempted(Instance announced, Operation operation) {
    Optional<Instance> now =
        state
            .instance(announced.key(), announced.id())
            .filter(instance -> instance.status() == InstanceStatus.RUNNING)
            .filter(Instance::preempted);
    if (now.isEmpty()) {
      operations.finish(operation);
    } else if (deletesItself(now.get())) {
      depart(now.get(), operation, tempo.preemptionGrace());
    } else {
      halt(now.get(), operation, tempo.preemptionGrace());
    }
  }

  private static boolean deletesItself(Instance instance) {
    return instance.spec().scheduling().terminationAction().orElse(Scheduling.TerminationAction.STOP)
        == Scheduling.TerminationAction.DELETE;
  }

  /// Stops an instance; one that is off already is left alone.
  public synchronized Operation stop(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.RUNNING, InstanceStatus.SUSPENDED, InstanceStatus.TERMINATED);
    Operation operation = open("stop", key, instance.id(), caller);
    if (instance.status() == InstanceStatus.TERMINATED) {
      done(operation);
    } else if (!mishap(operation)) {
      halt(instance, operation, tempo.shutdownGrace());
    }
    return operation;
  }

  private void halt(Instance instance, Operation operation, Duration grace) {
    resetting.remove(instance.id());
    move(instance.key(), instance.id(), instance.status(), InstanceStatus.STOPPING);
    machines.halt(
        instance,
        grace,
        () ->
            later(
                slowed(tempo.stopping()),
                () -> {
                  move(
                      instance.key(),
                      instance.id(),
                      InstanceStatus.STOPPING,
                      InstanceStatus.TERMINATED);
                  operations.finish(operation);
                }));
  }

  /// Removes an instance and the disks that go with it.
  public synchronized Operation delete(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    if (Boolean.TRUE.equals(instance.spec().further().get("deletionProtection"))) {
      throw new Refusal(
          400,
          "invalidResourceUsage",
          "Invalid resource usage: 'Resource cannot be deleted if it's protected against"
              + " deletion.'.");
    }
    Operation operation = open("delete", key, instance.id(), caller);
    if (!mishap(operation)) {
      depart(instance, operation, tempo.shutdownGrace());
    }
    return operation;
  }

  private void depart(Instance instance, Operation operation, Duration grace) {
    List<Operation> waiting = departures.get(instance.id());
    if (waiting != null) {
      waiting.add(operation);
      return;
    }
    resetting.remove(instance.id());
    departures.put(instance.id(), new ArrayList<>(List.of(operation)));
    state.change(
        instance.key(), instance.id(), now -> now.in(InstanceStatus.STOPPING, state.now()));
    machines.halt(
        instance, grace, () -> later(slowed(tempo.deleting()), () -> departed(instance)));
  }

  private synchronized void departed(Instance instance) {
    for (AttachedDisk attached : instance.spec().disks()) {
      state
          .disk(new InstanceKey(instance.key().zone(), attached.disk()))
          .ifPresent(
              disk -> {
                if (attached.autoDelete()) {
                  state.remove(disk);
                } else {
                  state.put(disk.detached());
                }
              });
    }
    state.remove(instance);
    List<Operation> waiting = departures.remove(instance.id());
    if (waiting != null) {
      waiting.forEach(operations::finish);
    }
  }

  /// Cuts the machine's power and turns it on again.
  public synchronized Operation reset(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.RUNNING);
    Operation operation = open("reset", key, instance.id(), caller);
    if (!mishap(operation)) {
      resetting.add(instance.id());
      machines.cutPower(
          instance, () -> later(slowed(tempo.update()), () -> rebooted(instance, operation)));
    }
    return operation;
  }

  private synchronized void rebooted(Instance instance, Operation operation) {
    // Another reset may have been faster, and a stop or a delete calls it off.
    if (resetting.remove(instance.id())) {
      state
          .instance(instance.key(), instance.id())
          .ifPresent(now -> machines.boot(now, state.serialLog(now)));
    }
    operations.finish(operation);
  }

  /// Freezes a running machine.
  public synchronized Operation suspend(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.RUNNING);
    Operation operation = open("suspend", key, instance.id(), caller);
    if (mishap(operation)) {
      return operation;
    }
    move(key, instance.id(), InstanceStatus.RUNNING, InstanceStatus.SUSPENDING);
    machines.freeze(instance);
    later(
        slowed(tempo.stopping()),
        () -> {
          move(key, instance.id(), InstanceStatus.SUSPENDING, InstanceStatus.SUSPENDED);
          operations.finish(operation);
        });
    return operation;
  }

  /// Lets a frozen machine carry on.
  public synchronized Operation resume(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    require(instance, InstanceStatus.SUSPENDED);
    Operation operation = open("resume", key, instance.id(), caller);
    if (mishap(operation)) {
      return operation;
    }
    later(
        slowed(tempo.staging()),
        () -> {
          move(key, instance.id(), InstanceStatus.SUSPENDED, InstanceStatus.RUNNING)
              .ifPresent(machines::thaw);
          operations.finish(operation);
        });
    return operation;
  }

  private Optional<OperationError> obstacle(
      String zone, InstanceSpec spec, String diskType, boolean existing) {
    if (state.faults().stockedOutZones().contains(zone)) {
      return Optional.of(OperationError.stockOut(state.project().id(), zone, spec.machineType()));
    }
    return Usage.obstacle(state, zone, spec, diskType, existing);
  }

  private void require(Instance instance, InstanceStatus... allowed) {
    if (!List.of(allowed).contains(instance.status())) {
      throw Refusal.notReady(state.project().path(instance.key().path()));
    }
  }

  /// The transition itself: nothing happens unless the instance is what it is expected to be.
  private Optional<Instance> move(
      InstanceKey key, long id, InstanceStatus from, InstanceStatus to) {
    return state
        .change(key, id, now -> now.status() == from ? now.in(to, state.now()) : now)
        .filter(now -> now.status() == to);
  }

  private Operation open(String type, InstanceKey key, long id, Caller caller) {
    return operations.open(Scope.zone(key.zone()), type, key.path(), id, caller);
  }

  /// Lets an operation fail, having changed nothing, where chance wants it to.
  private boolean mishap(Operation operation) {
    Optional<OperationError> error = state.mishap(operation.type());
    error.ifPresent(
        why -> later(slowed(tempo.provisioning()), () -> operations.fail(operation, why)));
    return error.isPresent();
  }

  private Duration slowed(Duration usual) {
    return usual.plus(state.faults().slowOperations());
  }

  private void done(Operation operation) {
    later(slowed(tempo.update()), () -> operations.finish(operation));
  }

  private void later(Duration delay, Runnable step) {
    state.timeline().after(delay, step);
  }
}

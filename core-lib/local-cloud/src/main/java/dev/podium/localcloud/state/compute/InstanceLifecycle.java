package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.instance.Scheduling;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.operation.Operations;
import dev.podium.localcloud.state.operation.Operations.Caller;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Leads instances through their lives:
///
/// ```
/// insert → PROVISIONING → STAGING → RUNNING → STOPPING → TERMINATED
///                 start ↗                        ↘ delete: gone
/// ```
///
/// Every step is a compare-and-set on the instance's id and status, so a step that was overtaken by
/// a delete does nothing. An insert is DONE when the instance is RUNNING, not when its programs
/// are; a failed one leaves nothing behind. A machine that shuts down by itself is TERMINATED, and
/// so is one whose programs crashed, after five minutes. Any thread may call; no method blocks.
public final class InstanceLifecycle {
  /// How long a machine stays on in which everything crashed. Longer than a fleet needs to notice.
  private static final Duration CRASHED_REST = Duration.ofMinutes(5);

  private final ComputeState state;
  private final Operations operations;
  private final LifecycleSteps steps;
  private final Suspensions suspensions;
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
    this.steps = new LifecycleSteps(state, tempo);
    this.suspensions = new Suspensions(state, steps, machines, tempo);
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
      InstanceKey key, InstanceSpec spec, List<PersistentDisk> created, Caller caller) {
    if (state.instance(key).isPresent()) {
      throw Refusal.alreadyExists(state.project().path(key.path()));
    }
    for (PersistentDisk disk : created) {
      if (state.disk(disk.key()).isPresent()) {
        throw Refusal.alreadyExists(state.project().path(disk.path()));
      }
    }
    long id = state.nextId();
    Operation operation = steps.open("insert", key, id, caller);
    if (steps.mishap(operation)) {
      return operation;
    }
    String diskType = created.isEmpty() ? "pd-standard" : created.getFirst().type();
    Optional<OperationError> obstacle = steps.obstacle(key.zone(), spec, diskType, false);
    if (obstacle.isPresent()) {
      steps.later(
          steps.slowed(tempo.provisioning()), () -> operations.fail(operation, obstacle.get()));
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
    steps.later(tempo.provisioning(), () -> stage(key, id, operation));
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
    steps.require(instance, InstanceStatus.TERMINATED, InstanceStatus.RUNNING);
    instance
        .spec()
        .scheduling()
        .terminationTime()
        .filter(time -> instance.status() == InstanceStatus.TERMINATED)
        .filter(time -> !time.isAfter(state.now()))
        .ifPresent(past -> {
          throw Refusal.invalid("The instance's termination time " + past + " is in the past.");
        });
    Operation operation = steps.open("start", key, instance.id(), caller);
    if (instance.status() == InstanceStatus.RUNNING) {
      steps.done(operation);
      return operation;
    }
    if (steps.mishap(operation)) {
      return operation;
    }
    Optional<OperationError> obstacle =
        steps.obstacle(key.zone(), instance.spec(), "pd-standard", true);
    if (obstacle.isPresent()) {
      steps.later(
          steps.slowed(tempo.provisioning()), () -> operations.fail(operation, obstacle.get()));
      return operation;
    }
    steps.move(key, instance.id(), InstanceStatus.TERMINATED, InstanceStatus.PROVISIONING);
    steps.later(tempo.provisioning(), () -> stage(key, instance.id(), operation));
    return operation;
  }

  private void stage(InstanceKey key, long id, Operation operation) {
    steps.move(key, id, InstanceStatus.PROVISIONING, InstanceStatus.STAGING);
    steps.later(steps.slowed(tempo.staging()), () -> run(key, id, operation));
  }

  private synchronized void run(InstanceKey key, long id, Operation operation) {
    steps
        .move(key, id, InstanceStatus.STAGING, InstanceStatus.RUNNING)
        .ifPresent(instance -> {
          boot(instance);
          armLimit(instance);
        });
    operations.finish(operation);
  }

  /// Ends an instance when its time is over, unless it was stopped or started in between.
  private void armLimit(Instance started) {
    Instant now = state.now();
    // The alarm may be months away, and most instances are gone by then: it must not hold this one.
    InstanceKey key = started.key();
    long id = started.id();
    Optional<Instant> start = started.lastStart();
    started
        .spec()
        .scheduling()
        .end(now, tempo)
        .ifPresent(end -> steps.later(until(now, end), () -> limitReached(key, id, start)));
  }

  private static Duration until(Instant now, Instant end) {
    return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
  }

  private synchronized void limitReached(InstanceKey key, long id, Optional<Instant> start) {
    state
        .instance(key, id)
        .filter(now -> now.status() == InstanceStatus.RUNNING)
        .filter(now -> now.lastStart().equals(start))
        .ifPresent(this::end);
  }

  private void end(Instance instance) {
    if (deletesItself(instance)) {
      depart(
          instance,
          steps.open(
              "compute.instances.deferredDelete", instance.key(), instance.id(), Caller.SYSTEM),
          tempo.shutdownGrace());
    } else {
      halt(
          instance,
          steps.open(
              "compute.instances.deferredStop", instance.key(), instance.id(), Caller.SYSTEM),
          tempo.shutdownGrace());
    }
  }

  /// Takes a machine back as Compute Engine does with Spot instances. Its metadata says so, and it
  /// gets the notice that the instance was promised. Then it is asked to end, and ended 30 s later.
  public synchronized Operation preempt(InstanceKey key) {
    Instance instance = state.requireInstance(key);
    steps.require(instance, InstanceStatus.RUNNING);
    state.change(key, instance.id(), Instance::preemptedNow);
    Operation operation =
        steps.open("compute.instances.preempted", key, instance.id(), Caller.SYSTEM);
    Duration notice = tempo.scaled(instance.spec().scheduling().preemptionNotice());
    if (notice.isZero()) {
      preempted(instance, operation);
    } else {
      steps.later(notice, () -> preempted(instance, operation));
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
    return instance
            .spec()
            .scheduling()
            .terminationAction()
            .orElse(Scheduling.TerminationAction.STOP)
        == Scheduling.TerminationAction.DELETE;
  }

  /// Stops an instance; one that is off already is left alone.
  public synchronized Operation stop(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    steps.require(
        instance, InstanceStatus.RUNNING, InstanceStatus.SUSPENDED, InstanceStatus.TERMINATED);
    Operation operation = steps.open("stop", key, instance.id(), caller);
    if (instance.status() == InstanceStatus.TERMINATED) {
      steps.done(operation);
    } else if (!steps.mishap(operation)) {
      gracefully(instance, operation, now -> halt(now, operation, tempo.shutdownGrace()));
    }
    return operation;
  }

  /// Lets a running machine finish what it does, where it was promised that, and then stops it; a
  /// delete does not wait a second time.
  private void gracefully(Instance instance, Operation operation, Consumer<Instance> stopping) {
    Optional<Duration> longest = instance.spec().scheduling().gracefulShutdown();
    if (longest.isEmpty() || instance.status() != InstanceStatus.RUNNING) {
      stopping.accept(instance);
      return;
    }
    steps.move(instance.key(), instance.id(), InstanceStatus.RUNNING, InstanceStatus.PENDING_STOP);
    steps.later(tempo.scaled(longest.get()), () -> endOfGrace(instance, operation, stopping));
  }

  private synchronized void endOfGrace(
      Instance asked, Operation operation, Consumer<Instance> stopping) {
    state
        .instance(asked.key(), asked.id())
        .filter(now -> now.status() == InstanceStatus.PENDING_STOP)
        // Where a delete was faster, there is nothing left to do.
        .ifPresentOrElse(stopping, () -> operations.finish(operation));
  }

  private void boot(Instance instance) {
    InstanceKey key = instance.key();
    long id = instance.id();
    if (BootImages.isUnbootable(state, instance)) {
      state
          .serialLog(instance)
          .note("[local-cloud] Nothing boots: the local cloud was told so of this image.");
      return;
    }
    machines.boot(
        instance,
        state.serialLog(instance),
        end -> {
          // To Compute Engine, a machine in which nothing runs is on; people find it before long.
          Duration rest = end == Machines.End.SHUTDOWN ? Duration.ZERO : tempo.scaled(CRASHED_REST);
          steps.later(rest, () -> guestEnded(key, id));
        });
  }

  /// Turns a machine off in which nothing runs any more, unless it was turned on again meanwhile.
  private synchronized void guestEnded(InstanceKey key, long id) {
    state
        .instance(key, id)
        .filter(now -> now.status() == InstanceStatus.RUNNING && !resetting.contains(id))
        .filter(now -> machines.condition(now).pid().isEmpty())
        .ifPresent(now ->
            halt(
                now,
                steps.open("compute.instances.guestTerminate", key, id, Caller.SYSTEM),
                Duration.ZERO));
  }

  private void halt(Instance instance, Operation operation, Duration grace) {
    resetting.remove(instance.id());
    steps.move(instance.key(), instance.id(), instance.status(), InstanceStatus.STOPPING);
    machines.halt(
        instance,
        grace,
        () ->
            steps.later(
                steps.slowed(tempo.stopping()),
                () -> {
                  steps.move(
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
    Operation operation = steps.open("delete", key, instance.id(), caller);
    if (!steps.mishap(operation)) {
      gracefully(instance, operation, now -> depart(now, operation, tempo.shutdownGrace()));
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
        instance,
        grace,
        () -> steps.later(steps.slowed(tempo.deleting()), () -> departed(instance)));
  }

  private synchronized void departed(Instance instance) {
    for (AttachedDisk attached : instance.spec().disks()) {
      state
          .disk(new InstanceKey(instance.key().zone(), attached.disk()))
          .ifPresent(disk -> {
            if (attached.autoDelete()) {
              state.remove(disk);
            } else {
              state.put(disk.detached());
            }
          });
    }
    state.remove(instance);
    machines.forget(instance);
    List<Operation> waiting = departures.remove(instance.id());
    if (waiting != null) {
      waiting.forEach(operations::finish);
    }
  }

  /// Cuts the machine's power and turns it on again.
  public synchronized Operation reset(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    steps.require(instance, InstanceStatus.RUNNING);
    Operation operation = steps.open("reset", key, instance.id(), caller);
    if (!steps.mishap(operation)) {
      resetting.add(instance.id());
      machines.cutPower(
          instance,
          () -> steps.later(steps.slowed(tempo.update()), () -> rebooted(instance, operation)));
    }
    return operation;
  }

  private synchronized void rebooted(Instance instance, Operation operation) {
    // Another reset may have been faster, and a stop or a delete calls it off.
    if (resetting.remove(instance.id())) {
      state.instance(instance.key(), instance.id()).ifPresent(this::boot);
    }
    operations.finish(operation);
  }

  /// Freezes a running machine.
  public synchronized Operation suspend(InstanceKey key, Caller caller) {
    return suspensions.suspend(key, caller);
  }

  /// Lets a frozen machine carry on.
  public synchronized Operation resume(InstanceKey key, Caller caller) {
    return suspensions.resume(key, caller);
  }
}

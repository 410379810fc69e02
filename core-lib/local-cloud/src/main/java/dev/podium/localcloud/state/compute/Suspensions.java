package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations;
import dev.podium.localcloud.state.operation.Operations.Caller;

/// Freezes machines and lets them carry on: `RUNNING → SUSPENDING → SUSPENDED → RUNNING`. Called by
/// [InstanceLifecycle] alone, under its lock.
final class Suspensions {
  private final ComputeState state;
  private final Operations operations;
  private final LifecycleSteps steps;
  private final Machines machines;
  private final Tempo tempo;

  Suspensions(ComputeState state, LifecycleSteps steps, Machines machines, Tempo tempo) {
    this.state = state;
    this.operations = state.operations();
    this.steps = steps;
    this.machines = machines;
    this.tempo = tempo;
  }

  /// Freezes a running machine.
  Operation suspend(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    steps.require(instance, InstanceStatus.RUNNING);
    if (instance.spec().scheduling().limited()) {
      throw Refusal.invalid("An instance with a run limit cannot be suspended.");
    }
    Operation operation = steps.open("suspend", key, instance.id(), caller);
    if (steps.mishap(operation)) {
      return operation;
    }
    steps.move(key, instance.id(), InstanceStatus.RUNNING, InstanceStatus.SUSPENDING);
    machines.freeze(instance);
    steps.later(
        steps.slowed(tempo.stopping()),
        () -> {
          steps.move(key, instance.id(), InstanceStatus.SUSPENDING, InstanceStatus.SUSPENDED);
          operations.finish(operation);
        });
    return operation;
  }

  /// Lets a frozen machine carry on.
  Operation resume(InstanceKey key, Caller caller) {
    Instance instance = state.requireInstance(key);
    steps.require(instance, InstanceStatus.SUSPENDED);
    Operation operation = steps.open("resume", key, instance.id(), caller);
    if (steps.mishap(operation)) {
      return operation;
    }
    steps.later(
        steps.slowed(tempo.staging()),
        () -> {
          steps
              .move(key, instance.id(), InstanceStatus.SUSPENDED, InstanceStatus.RUNNING)
              .ifPresent(machines::thaw);
          operations.finish(operation);
        });
    return operation;
  }
}

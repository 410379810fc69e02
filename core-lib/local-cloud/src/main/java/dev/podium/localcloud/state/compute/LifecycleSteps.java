package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.operation.Operations;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The single steps of which [InstanceLifecycle] makes lives. Guarded by its lock.
final class LifecycleSteps {
  private final ComputeState state;
  private final Operations operations;
  private final Tempo tempo;

  LifecycleSteps(ComputeState state, Tempo tempo) {
    this.state = state;
    this.operations = state.operations();
    this.tempo = tempo;
  }

  /// What keeps an instance from coming into being or from starting, if anything.
  ///
  /// @param existing whether it is only to be started again
  Optional<OperationError> obstacle(
      String zone, InstanceSpec spec, String diskType, boolean existing) {
    if (state.faults().stockedOutZones().contains(zone)) {
      return Optional.of(OperationError.stockOut(state.project().id(), zone, spec.machineType()));
    }
    return QuotaUsage.obstacle(state, zone, spec, diskType, existing);
  }

  void require(Instance instance, InstanceStatus... allowed) {
    if (!List.of(allowed).contains(instance.status())) {
      throw Refusal.notReady(state.project().path(instance.key().path()));
    }
  }

  /// The transition itself: nothing happens unless the instance is what it is expected to be.
  Optional<Instance> move(InstanceKey key, long id, InstanceStatus from, InstanceStatus to) {
    return state
        .change(key, id, now -> now.status() == from ? now.in(to, state.now()) : now)
        .filter(now -> now.status() == to);
  }

  Operation open(String type, InstanceKey key, long id, Caller caller) {
    return operations.open(Scope.zone(key.zone()), type, key.path(), id, caller);
  }

  /// Lets an operation fail, having changed nothing, where chance wants it to.
  boolean mishap(Operation operation) {
    Optional<OperationError> error = state.mishap(operation.type());
    error.ifPresent(
        why -> later(slowed(tempo.provisioning()), () -> operations.fail(operation, why)));
    return error.isPresent();
  }

  Duration slowed(Duration usual) {
    return usual.plus(state.faults().slowOperations());
  }

  void done(Operation operation) {
    later(slowed(tempo.update()), () -> operations.finish(operation));
  }

  void later(Duration delay, Runnable step) {
    state.timeline().after(delay, step);
  }
}

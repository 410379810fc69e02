package dev.podium.localcloud.compute.resource;

import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.state.compute.RequestMemory;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.util.function.Function;

/// Answers a request that changes something: with its operation, which for a repeated request is
/// that of the first.
public final class OperationReplies {
  private final OperationsApi operations;
  private final RequestMemory requests;

  public OperationReplies(OperationsApi operations, RequestMemory requests) {
    this.operations = operations;
    this.requests = requests;
  }

  ComputeResponse operation(Call call, Function<Caller, Operation> action) {
    Caller caller = call.caller();
    return ComputeResponse.ok(
        operations.json(requests.once(call.identity(), caller, () -> action.apply(caller))));
  }
}

package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.Operation;
import dev.podium.localcloud.state.Operations.Caller;
import dev.podium.localcloud.state.RequestMemory;
import java.util.function.Function;

/// Answers a request that changes something: with its operation, which for a repeated request is
/// that of the first.
final class Replies {
  private final OperationsApi operations;
  private final RequestMemory requests;

  Replies(OperationsApi operations, RequestMemory requests) {
    this.operations = operations;
    this.requests = requests;
  }

  Answer operation(Call call, Function<Caller, Operation> action) {
    Caller caller = call.caller();
    return Answer.ok(
        operations.json(requests.once(call.identity(), caller, () -> action.apply(caller))));
  }
}

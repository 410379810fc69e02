package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Recognises a request that was already served, by the id that its caller gave it. Any thread may
/// call; requests that carry an id are served one at a time.
public final class RequestMemory {
  /// Google documents at least an hour.
  private static final Duration REMEMBERED = Duration.ofMinutes(60);

  private record Served(Instant at, Operation operation) {}

  private final ComputeState state;
  private final LinkedHashMap<String, Served> served = new LinkedHashMap<>();

  public RequestMemory(ComputeState state) {
    this.state = state;
  }

  /// Does what a request asks for unless it was already served; then answers the operation that it
  /// started the first time, as it is now. A request without an id is always new, and one that was
  /// refused may be sent again.
  ///
  /// @param method distinguishes requests that carry the same id by mistake
  public Operation once(String method, Caller caller, Supplier<Operation> action) {
    return caller.requestId().map(id -> serve(method + ' ' + id, action)).orElseGet(action);
  }

  private synchronized Operation serve(String request, Supplier<Operation> action) {
    Instant limit = state.now().minus(REMEMBERED);
    while (!served.isEmpty()) {
      Map.Entry<String, Served> oldest = served.firstEntry();
      if (oldest.getValue().at().isAfter(limit)) {
        break;
      }
      served.pollFirstEntry();
    }
    Served before = served.get(request);
    if (before != null) {
      Operation first = before.operation();
      return state.operations().find(first.scope(), first.name()).orElse(first);
    }
    Operation operation = action.get();
    served.put(request, new Served(state.now(), operation));
    return operation;
  }
}

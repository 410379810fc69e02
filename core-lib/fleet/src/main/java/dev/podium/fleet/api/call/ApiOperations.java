package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.model.VmName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The long work that this API began, for whoever asks how it goes. The newest few thousand are
/// kept, in memory: after a restart the fleet itself tells what became of it.
public final class ApiOperations {
  private static final int KEPT = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;
  private final Map<String, Operation> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Operation> eldest) {
          boolean over = size() > KEPT;
          if (over) {
            byWork.remove(eldest.getValue().work());
          }
          return over;
        }
      };

  private final IdentityHashMap<Object, Operation> byWork = new IdentityHashMap<>();

  public ApiOperations(InstantSource clock) {
    this.clock = clock;
  }

  /// One piece of work.
  ///
  /// @param kind `create`, `delete` or `drain`
  record Operation(
      String id,
      String kind,
      Supplier<VmName> instance,
      Instant started,
      CompletableFuture<?> work) {
    ObjectNode json() {
      ObjectNode node = JSON.createObjectNode();
      node.put("id", id).put("kind", kind).put("instance", instance.get().value());
      node.put("started", started.toString());
      @Nullable Throwable failure = work.isCompletedExceptionally() ? work.exceptionNow() : null;
      node.put("status", failure != null ? "FAILED" : work.isDone() ? "DONE" : "RUNNING");
      if (failure != null) {
        node.set("error", Answers.problem(failure).json());
      }
      return node;
    }
  }

  /// The operation of that work: a new one, or the same again if the work is known already.
  ///
  /// @param instance the VM's name as it is now; it may change until the VM runs
  synchronized Operation add(String kind, Supplier<VmName> instance, CompletableFuture<?> work) {
    Operation before = byWork.get(work);
    if (before != null) {
      return before;
    }
    Operation operation =
        new Operation(UUID.randomUUID().toString(), kind, instance, clock.instant(), work);
    byWork.put(work, operation);
    byId.put(operation.id(), operation);
    return operation;
  }

  synchronized Optional<Operation> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}

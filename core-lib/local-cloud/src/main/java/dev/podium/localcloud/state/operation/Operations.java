package dev.podium.localcloud.state.operation;

import dev.podium.localcloud.state.Identifiers;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Every operation of the project, for a while after it is done.
///
/// Any thread may call; `await` blocks its thread until the operation is over.
public final class Operations {
  /// How many are kept; the oldest that are done go first. Compute Engine keeps them for days, but
  /// a fleet that is created and destroyed for hours must not fill the memory.
  private static final int KEPT = 20_000;

  private final Timeline timeline;
  private final Identifiers identifiers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Map<String, Operation> byName = new HashMap<>();
  private final Map<Long, String> byId = new HashMap<>();
  private final Deque<String> order = new ArrayDeque<>();

  public Operations(Timeline timeline, Identifiers identifiers) {
    this.timeline = timeline;
    this.identifiers = identifiers;
  }

  /// What the caller of a method said about itself.
  ///
  /// @param user e-mail address
  /// @param requestId the caller's own id, a UUID, if it sent one
  public record Caller(String user, Optional<String> requestId) {
    /// The cloud itself.
    public static final Caller SYSTEM = new Caller(Operation.SYSTEM, Optional.empty());
  }

  /// Starts an operation, which is RUNNING from now on.
  public Operation open(Scope scope, String type, String target, long targetId, Caller caller) {
    Instant now = timeline.now();
    lock.lock();
    try {
      Operation operation =
          new Operation(
              identifiers.operationName(now),
              identifiers.next(),
              scope,
              type,
              target,
              targetId,
              caller.user(),
              Operation.Status.RUNNING,
              0,
              now,
              caller.requestId(),
              Optional.empty(),
              Optional.empty());
      byName.put(operation.name(), operation);
      byId.put(operation.id(), operation.name());
      order.addLast(operation.name());
      forgetOldest();
      return operation;
    } finally {
      lock.unlock();
    }
  }

  /// Ends an operation well.
  public void finish(Operation operation) {
    end(operation, Optional.empty());
  }

  /// Ends an operation with its error.
  public void fail(Operation operation, OperationError error) {
    end(operation, Optional.of(error));
  }

  private void end(Operation operation, Optional<OperationError> error) {
    lock.lock();
    try {
      byName.computeIfPresent(
          operation.name(),
          (name, known) -> known.done() ? known : known.ended(timeline.now(), error));
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Finds one by its name or its numeric id.
  public Optional<Operation> find(Scope scope, String nameOrId) {
    lock.lock();
    try {
      Operation named = byName.get(nameOrId);
      if (named == null && nameOrId.matches("[0-9]{1,19}")) {
        named = byName.get(byId.getOrDefault(Long.parseUnsignedLong(nameOrId), ""));
      }
      return Optional.ofNullable(named).filter(operation -> operation.scope().equals(scope));
    } finally {
      lock.unlock();
    }
  }

  /// All of one scope.
  public List<Operation> in(Scope scope) {
    return all().stream().filter(operation -> operation.scope().equals(scope)).toList();
  }

  /// All that are kept.
  public List<Operation> all() {
    lock.lock();
    try {
      return List.copyOf(byName.values());
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it is done, or for `longest`; answers how it is then.
  public Optional<Operation> await(Scope scope, String nameOrId, Duration longest)
      throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      Optional<Operation> operation = find(scope, nameOrId);
      while (operation.isPresent() && !operation.get().done() && left > 0) {
        left = ended.awaitNanos(left);
        operation = find(scope, nameOrId);
      }
      return operation;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets one that is done; says whether it was there.
  public boolean forget(Scope scope, String nameOrId) {
    lock.lock();
    try {
      Optional<Operation> operation = find(scope, nameOrId);
      operation.ifPresent(known -> {
        byName.remove(known.name());
        byId.remove(known.id());
      });
      return operation.isPresent();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    int looks = order.size() - KEPT;
    for (int look = 0; look < looks; look++) {
      String oldest = order.removeFirst();
      Operation operation = byName.get(oldest);
      if (operation != null && !operation.done()) {
        order.addLast(oldest);
      } else if (operation != null) {
        byName.remove(oldest);
        byId.remove(operation.id());
      }
    }
  }
}

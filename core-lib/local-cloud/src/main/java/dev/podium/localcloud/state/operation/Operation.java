package dev.podium.localcloud.state.operation;

import dev.podium.localcloud.state.Scope;
import java.time.Instant;
import java.util.Optional;

/// Something that the cloud does and that takes time, at one moment.
///
/// @param type `insert`, `delete`, `stop`, …; system operations have long names
/// @param target path below the project
/// @param targetId the target's id
/// @param user who asked: an e-mail address, or `system`
/// @param progress 0 to 100, never falling
/// @param requestId the caller's own id for the request
/// @param end when it was done
/// @param error why it failed
public record Operation(
    String name,
    long id,
    Scope scope,
    String type,
    String target,
    long targetId,
    String user,
    Status status,
    int progress,
    Instant start,
    Optional<String> requestId,
    Optional<Instant> end,
    Optional<OperationError> error) {

  /// Who ends what has reached its limit.
  public static final String SYSTEM = "system";

  /// How far an operation is.
  public enum Status {
    /// Accepted.
    PENDING,
    /// Being worked on.
    RUNNING,
    /// Over, well or not.
    DONE
  }

  /// Whether it is over.
  public boolean done() {
    return status == Status.DONE;
  }

  Operation ended(Instant now, Optional<OperationError> outcome) {
    return new Operation(
        name,
        id,
        scope,
        type,
        target,
        targetId,
        user,
        Status.DONE,
        100,
        start,
        requestId,
        Optional.of(now),
        outcome);
  }
}

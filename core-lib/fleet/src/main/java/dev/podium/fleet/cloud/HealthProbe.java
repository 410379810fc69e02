package dev.podium.fleet.cloud;

import dev.podium.wire.model.AccessProblem;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The console's own look at a VM's `GET /healthz`. Blocks; never throws: no answer is an answer.
@FunctionalInterface
public interface HealthProbe {
  Result probe(URI chatUrl, Duration timeout);

  /// What came back.
  sealed interface Result {
    /// It answered in its protocol.
    ///
    /// @param ok whether it says that it is well (HTTP 200)
    /// @param bootId which start of the agent answered
    /// @param status its own word for how it is
    /// @param failing which of its own checks fail, and why; printable and bounded
    /// @param access why Pub/Sub does not let it in, where only a person can mend that
    record Answered(
        boolean ok,
        String bootId,
        String status,
        int participants,
        long idleSeconds,
        Map<String, String> failing,
        Optional<AccessProblem> access)
        implements Result {
      public Answered {
        failing = Map.copyOf(failing);
      }

      /// Of a VM that is let in to Pub/Sub, as far as it says.
      public Answered(
          boolean ok,
          String bootId,
          String status,
          int participants,
          long idleSeconds,
          Map<String, String> failing) {
        this(ok, bootId, status, participants, idleSeconds, failing, Optional.empty());
      }

      /// Of a VM of which no check fails.
      public Answered(
          boolean ok, String bootId, String status, int participants, long idleSeconds) {
        this(ok, bootId, status, participants, idleSeconds, Map.of());
      }
    }

    /// It did not, for this reason: `connection refused`, `no answer in 5 s`.
    record Silent(String why) implements Result {}
  }
}

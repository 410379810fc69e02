package dev.podium.core.api;

import java.util.Objects;

/// Ends the handling of a request with a problem.
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedRequest(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return Objects.requireNonNull(problem);
  }
}

package dev.podium.fleet.api.http;

import java.util.Objects;

/// Ends the handling of a request with a problem.
public final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedRequest(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return Objects.requireNonNull(problem);
  }
}

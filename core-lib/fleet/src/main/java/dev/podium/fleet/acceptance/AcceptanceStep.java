package dev.podium.fleet.acceptance;

import java.time.Duration;

/// What came of one step of the walk.
///
/// @param promise what must hold
/// @param span how long it took; zero if it was not tried
/// @param finding what was seen, or why it failed; no secret and no address of a person
public record AcceptanceStep(String promise, Result result, Duration span, String finding) {
  /// How it ended.
  public enum Result {
    /// The promise holds.
    KEPT,
    /// It does not.
    BROKEN,
    /// It could not be tried, because of what broke before.
    NOT_TRIED
  }
}

package dev.podium.fleet.preflight.check;

/// What came of a check.
public enum CheckState {
  /// As it should be.
  OK,
  /// A fleet works, but not everything of it, or not for long.
  WARNING,
  /// No VM of a fleet would become ready.
  FAILED,
  /// It could not be looked at, and says why.
  UNKNOWN
}

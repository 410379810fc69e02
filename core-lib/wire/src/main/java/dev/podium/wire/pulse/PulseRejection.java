package dev.podium.wire.pulse;

/// Why a pulse was not believed.
public enum PulseRejection {
  /// It carries no signature.
  UNSIGNED,
  /// Its key belongs to no VM of the roster and to no console.
  UNKNOWN_KEY,
  /// Its key belongs to somebody else than it names, or it says what only others may say.
  WRONG_SENDER,
  /// The key that it names did not sign it.
  FORGED,
  /// It was signed more than two minutes before or after the cloud took it, or before the receiver
  /// started.
  STALE,
  /// It came before.
  REPEATED,
  /// It claims what cannot be, such as a sequence number that time does not allow.
  IMPLAUSIBLE
}

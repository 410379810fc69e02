package dev.podium.wire.identity;

/// Checks one sender's signatures. May be used from any thread.
public interface VerificationKey {
  /// The key's id.
  String id();

  /// Whether the key's other half made the signature of the text.
  boolean verifies(String text, byte[] signature);
}

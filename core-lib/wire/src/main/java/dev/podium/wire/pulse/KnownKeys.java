package dev.podium.wire.pulse;

import dev.podium.wire.identity.VerificationKey;
import java.util.Optional;

/// Whose key is whose, as a receiver knows it now. Called from any thread; must return at once.
@FunctionalInterface
public interface KnownKeys {
  /// @param key the id of a key
  /// @return who speaks by it, if anybody does
  Optional<Sender> sender(String key);

  /// Who speaks by a key.
  sealed interface Sender {
    VerificationKey key();

    /// A VM of the roster.
    ///
    /// @param vmId the cloud's number for it
    record OfVm(String vm, String vmId, VerificationKey key) implements Sender {}

    /// A console of the fleet.
    record OfConsole(VerificationKey key) implements Sender {}
  }
}

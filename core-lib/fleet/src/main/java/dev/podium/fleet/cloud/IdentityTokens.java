package dev.podium.fleet.cloud;

import java.time.Instant;

/// Checks the identity tokens by which a VM's metadata server says who the VM is. Blocks; may be
/// used from any thread.
@FunctionalInterface
public interface IdentityTokens {
  /// Checks the token's signature, issuer, audience, project and time.
  ///
  /// @param token a JSON Web Token
  /// @param audience whom it must be made for
  /// @param now by the cloud's clock
  /// @return the VM that it names
  /// @throws dev.podium.wire.model.PodiumException.Invalid if it is not good; the sentence says why
  /// @throws dev.podium.wire.model.PodiumException.Unavailable if the signer's keys cannot be had
  ///   now
  NamedVm verify(String token, String audience, Instant now);

  /// A VM, by its cloud's signed word.
  ///
  /// @param vmId the cloud's number for it
  /// @param zone short name, such as `us-central1-a`
  record NamedVm(String vmId, String name, String zone) {}
}

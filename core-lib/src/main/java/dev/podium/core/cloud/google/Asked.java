package dev.podium.core.cloud.google;

import com.google.cloud.compute.v1.Warning;
import dev.podium.core.model.PodiumException;

/// What was asked of the cloud, for the sentence that is said where it fails.
///
/// @param what what has failed then: `VM 'a-1' was not created in us-central1-a`
/// @param endpoint where the question went
record Asked(String what, String project, String endpoint) {
  /// A list over all zones is refused if one does not answer: it would look as if what is in it
  /// were not there.
  ///
  /// @param scope `zones/us-central1-a`
  /// @param warning what the list says of the scope
  /// @throws PodiumException.Unavailable if that is that it was not reached
  void requireReached(String scope, Warning warning) {
    if ("UNREACHABLE".equals(warning.getCode())) {
      throw new PodiumException.Unavailable(
          what,
          "the cloud cannot reach " + scope + " at present",
          "Wait; what was known before still stands.",
          null);
    }
  }
}

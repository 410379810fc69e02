package dev.podium.desktop;

import dev.podium.core.auth.AccessTokens;
import dev.podium.core.config.CloudProfile;
import dev.podium.core.model.PodiumException;
import dev.podium.desktop.cli.Programs.LoginRequest;
import java.util.Optional;

/// Who is signed in to a Google Cloud project on this computer.
final class Operators {
  Optional<SignedIn> whoami() {
    return Optional.empty();
  }

  SignedIn signInOrResume(Optional<String> profile) {
    return whoami().orElseThrow(() -> new PodiumException.NotSignedIn("later", "", "", null));
  }

  SignedIn login(LoginRequest request) {
    return whoami().orElseThrow(() -> new PodiumException.NotSignedIn("later", "", "", null));
  }

  Optional<String> signOut() {
    return Optional.empty();
  }

  /// @param tokens refreshed as long as the session lasts
  record SignedIn(CloudProfile profile, String email, AccessTokens tokens) {}
}

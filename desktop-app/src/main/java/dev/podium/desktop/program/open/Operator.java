package dev.podium.desktop.program.open;

import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.DefaultCredentials;
import dev.podium.wire.cloud.AccessTokens;
import java.util.function.BooleanSupplier;

/// In whose name a project is worked with.
///
/// @param name an e-mail address, or a word for credentials that do not say whose they are
/// @param credentials what they are, in words
/// @param signedOut whether the cloud has said that the sign-in is good no more
public record Operator(
    CloudProfile profile,
    AccessTokens tokens,
    String name,
    String credentials,
    BooleanSupplier signedOut) {
  /// What a person who signed in has.
  static final String BROWSER = "a sign-in by browser";

  /// Whether a person signed in; false for Application Default Credentials.
  public boolean signedIn() {
    return credentials.equals(BROWSER);
  }

  static Operator of(Session session) {
    return new Operator(
        session.profile(), session.tokens(), session.email(), BROWSER, session::ended);
  }

  static Operator of(CloudProfile profile, DefaultCredentials credentials) {
    return new Operator(
        profile, credentials, credentials.account(), credentials.kind(), () -> false);
  }
}

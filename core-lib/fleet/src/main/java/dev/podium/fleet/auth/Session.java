package dev.podium.fleet.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.fleet.auth.TokenClient.Tokens;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// An operator who is signed in to a profile. The sign-in survives a restart, because the refresh
/// token is kept in the [SecretStore]. It is gone after [#signOut], or when the identity server
/// says that it is good no more. May be used from any thread.
public final class Session {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudProfile profile;
  private final String email;
  private final String refreshToken;
  private final TokenClient client;
  private final SecretStore secrets;
  private final Ticker ticker;
  private final AccessTokens tokens;
  private volatile boolean ended;

  private Session(
      CloudProfile profile,
      String email,
      String refreshToken,
      Optional<Tokens> first,
      Optional<Instant> signedIn,
      SecretStore secrets,
      Ticker ticker) {
    this.profile = profile;
    this.email = email;
    this.refreshToken = refreshToken;
    this.secrets = secrets;
    this.ticker = ticker;
    this.client = new TokenClient(profile);
    this.tokens = new RefreshedTokens(client, refreshToken, first, signedIn, ticker, this::end);
  }

  private void end() {
    ended = true;
    secrets.erase(secretName(profile));
  }

  /// The session of an earlier start, if one was left. Asks nobody: whether it is still good shows
  /// at the first [AccessTokens#token].
  public static Optional<Session> resume(CloudProfile profile, SecretStore secrets, Ticker ticker) {
    Optional<String> kept = secrets.read(secretName(profile));
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(kept.get());
      String refreshToken = json.path("refreshToken").asText();
      // Another client's token would only be refused.
      if (refreshToken.isEmpty()
          || !json.path("clientId").asText().equals(profile.oauthClientId().orElse(""))) {
        return Optional.empty();
      }
      String email = json.path("email").asText();
      return Optional.of(
          new Session(
              profile, email, refreshToken, Optional.empty(), signedIn(json), secrets, ticker));
    } catch (JsonProcessingException e) {
      // A damaged file is no sign-in; the next one replaces it.
      return Optional.empty();
    }
  }

  /// A sign-in that has just worked, kept for the next start.
  static Session begin(CloudProfile profile, Tokens tokens, SecretStore secrets, Ticker ticker) {
    String refreshToken =
        tokens
            .refresh()
            .orElseThrow(() ->
                new PodiumException.CloudFailed(
                    "Signing in did not work",
                    "the identity server gave no refresh token",
                    "Remove Podium at https://myaccount.google.com/permissions and sign in again.",
                    null));
    secrets.write(
        secretName(profile),
        JSON.createObjectNode()
            .put("email", tokens.email())
            .put("clientId", profile.oauthClientId().orElse(""))
            .put("refreshToken", refreshToken)
            .put("signedIn", ticker.wall().toString())
            .toPrettyString());
    return new Session(
        profile,
        tokens.email(),
        refreshToken,
        Optional.of(tokens),
        Optional.of(ticker.wall()),
        secrets,
        ticker);
  }

  /// Sign-ins of earlier releases do not say.
  private static Optional<Instant> signedIn(JsonNode json) {
    try {
      return Optional.of(Instant.parse(json.path("signedIn").asText()));
    } catch (DateTimeParseException unknown) {
      return Optional.empty();
    }
  }

  /// This sign-in under the name of another profile with the same OAuth client: for one that was
  /// made before it was known for which project.
  public Session under(CloudProfile other) {
    String kept = secrets.read(secretName(profile)).orElseThrow(Session::nobody);
    secrets.write(secretName(other), kept);
    if (!secretName(other).equals(secretName(profile))) {
      secrets.erase(secretName(profile));
    }
    return resume(other, secrets, ticker).orElseThrow(Session::nobody);
  }

  private static PodiumException nobody() {
    return new PodiumException.NotSignedIn(
        "Nobody is signed in any more", "the sign-in was ended", "Sign in again.", null);
  }

  public CloudProfile profile() {
    return profile;
  }

  /// Who is signed in.
  public String email() {
    return email;
  }

  /// Refreshed as long as the session lasts.
  public AccessTokens tokens() {
    return tokens;
  }

  /// Whether the identity server has said that the sign-in is good no more. Then nothing can be
  /// asked of the cloud until the operator signs in again.
  public boolean ended() {
    return ended;
  }

  /// Erases the sign-in from this computer, then revokes it. Blocks.
  ///
  /// @throws PodiumException.Unavailable if it was erased but the identity server could not be told
  public void signOut() {
    secrets.erase(secretName(profile));
    client.revoke(refreshToken);
  }

  private static String secretName(CloudProfile profile) {
    return "sign-in-" + profile.name();
  }

  @Override
  public String toString() {
    return "Session[" + email + ", " + profile.name() + "]";
  }
}

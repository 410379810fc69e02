package dev.podium.fleet.google;

import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Application Default Credentials: what a server, a CI job or a person with gcloud signs in by
/// when no browser is at hand. A service account's key, a person's `gcloud auth application-default
/// login`, workload identity, impersonation, or the metadata server of a VM that this runs on; in
/// the order of https://cloud.google.com/docs/authentication/application-default-credentials .
///
/// Google's library finds and refreshes them. May be used from any thread.
public final class DefaultCredentials implements AccessTokens {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String LOGIN = "gcloud auth application-default login";

  private final GoogleCredentials credentials;

  private DefaultCredentials(GoogleCredentials credentials) {
    this.credentials = credentials;
  }

  /// Looks for them. Blocks for a second or so where there are none: it asks for a metadata server.
  ///
  /// @throws PodiumException.NotSignedIn if there are none
  public static DefaultCredentials find() {
    try {
      return new DefaultCredentials(GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
    } catch (IOException e) {
      throw new PodiumException.NotSignedIn(
          "There are no Application Default Credentials",
          String.valueOf(e.getMessage()).strip().replaceFirst("(?s)[.\\n].*", ""),
          "Name a service account's key in GOOGLE_APPLICATION_CREDENTIALS, or run: " + LOGIN,
          e);
    }
  }

  /// Those that there are, where nobody asked for them by name. Blocks as [#find].
  ///
  /// @return none if there are none
  /// @throws PodiumException.NotSignedIn if the environment names some that cannot be read
  public static Optional<DefaultCredentials> findIfAny() {
    try {
      return Optional.of(find());
    } catch (PodiumException.NotSignedIn none) {
      if (System.getenv("GOOGLE_APPLICATION_CREDENTIALS") != null) {
        throw none;
      }
      return Optional.empty();
    }
  }

  /// What they are, in words: `Application Default Credentials, a service account's key`.
  public String kind() {
    String what =
        switch (credentials) {
          case ServiceAccountCredentials _ -> "a service account's key";
          case ImpersonatedCredentials _ -> "an impersonated service account";
          case ComputeEngineCredentials _ -> "of the VM that this runs on";
          case UserCredentials _ -> "of a person, from gcloud";
          default -> "workload identity";
        };
    return "Application Default Credentials, " + what;
  }

  /// Whom they speak for, as far as they say so themselves: the e-mail of a service account, or a
  /// word for what they are.
  public String account() {
    return switch (credentials) {
      case ServiceAccountCredentials key -> String.valueOf(key.getAccount());
      case ImpersonatedCredentials other -> String.valueOf(other.getAccount());
      case ComputeEngineCredentials vm -> String.valueOf(vm.getAccount());
      default -> "application-default-credentials";
    };
  }

  /// The project that they name, if they name one.
  public Optional<String> project() {
    return Optional.ofNullable(System.getenv("GOOGLE_CLOUD_PROJECT"))
        .filter(project -> !project.isBlank())
        .or(() -> Optional.ofNullable(credentials.getProjectId()));
  }

  @Override
  public String token() {
    try {
      credentials.refreshIfExpired();
      return held().map(AccessToken::getTokenValue).orElse("");
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public Instant expires() {
    return held()
        .flatMap(token -> Optional.ofNullable(token.getExpirationTime()))
        .map(java.util.Date::toInstant)
        .orElse(Instant.EPOCH);
  }

  @Override
  public void refused(String token) {
    if (held().filter(own -> own.getTokenValue().equals(token)).isPresent()) {
      try {
        credentials.refresh();
      } catch (IOException e) {
        throw refused(e);
      }
    }
  }

  @Override
  public Optional<String> quotaProject() {
    return Optional.ofNullable(credentials.getQuotaProjectId());
  }

  private Optional<AccessToken> held() {
    @Nullable AccessToken token = credentials.getAccessToken();
    return Optional.ofNullable(token);
  }

  private PodiumException refused(IOException failure) {
    String what = "The default credentials of " + account() + " give no access";
    String words = String.valueOf(failure.getMessage());
    if (words.contains("invalid_rapt")) {
      return new PodiumException.NotSignedIn(
          what,
          "your company asks you to sign in again from time to time",
          "Run: " + LOGIN,
          failure);
    }
    if (words.contains("invalid_grant")) {
      return new PodiumException.NotSignedIn(
          what,
          "the identity server refuses them: they were revoked, have expired, or this computer's"
              + " clock is wrong",
          "Look at the clock; then make the key anew, or run: " + LOGIN,
          failure);
    }
    boolean passing = !(failure instanceof Retryable known) || known.isRetryable();
    return passing
        ? new PodiumException.Unavailable(
            what,
            "the identity server did not answer",
            "Check the network, then try again.",
            failure)
        : new PodiumException.NotSignedIn(
            what,
            "the identity server refuses them",
            "See that the account exists and is not disabled; then make the key anew, or run: "
                + LOGIN,
            failure);
  }
}

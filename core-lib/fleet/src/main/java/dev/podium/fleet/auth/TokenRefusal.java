package dev.podium.fleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What it means that an identity server gives no token, and what the person can do. Google says
/// `invalid_grant` of everything that ended a sign-in; how old that is tells the likely cause.
///
/// @param project whose consent screen it was
/// @param signedIn how long ago the person signed in, if that is known
record TokenRefusal(String project, Optional<Duration> signedIn) {
  /// So long Google lets a sign-in live while the consent screen is in *Testing*
  /// (https://support.google.com/cloud/answer/15549945).
  private static final Duration TESTING = Duration.ofDays(7);

  /// The clocks of both sides differ, and a token may be asked for a little before it ends.
  private static final Duration SLACK = Duration.ofHours(1);

  /// Where a company asks for the password again and again, as its administrator has set
  /// (https://support.google.com/a/answer/9368756).
  private static final Set<String> REAUTHENTICATION = Set.of("invalid_rapt", "rapt_required");

  /// @param what was asked for: `Signing in did not work`
  PodiumException of(String what, HttpResponse<String> response) {
    if (response.statusCode() >= 500 || response.statusCode() == 429) {
      return new PodiumException.Unavailable(
          what,
          "the identity server has trouble of its own (HTTP " + response.statusCode() + ")",
          "Try again in a minute.",
          null);
    }
    JsonNode json = TokenClient.json(what, response);
    String error = json.path("error").asText();
    String words = json.path("error_description").asText(error);
    return switch (error) {
      case "invalid_grant", "rapt_required" ->
          REAUTHENTICATION.contains(json.path("error_subtype").asText(error))
                  || words.contains("invalid_rapt")
              ? askedAgain()
              : ended();
      case "invalid_client", "unauthorized_client" ->
          new PodiumException.Invalid(
              what,
              "the identity server does not accept this OAuth client (" + words + ")",
              "Check the client's id and secret in the profile.");
      default ->
          new PodiumException.CloudFailed(
              what,
              "the identity server refused it ("
                  + (words.isEmpty() ? response.statusCode() : words)
                  + ")",
              "Try again, or correct what it names.",
              null);
    };
  }

  private PodiumException askedAgain() {
    return notSignedIn(
        "your company asks you to sign in again from time to time (invalid_rapt)",
        "Sign in again. How often, an administrator sets under 'Google Cloud session control' in"
            + " Google's Admin console. A server uses a service account: podium serve --adc.");
  }

  private PodiumException ended() {
    if (signedIn.isEmpty() || signedIn.get().compareTo(TESTING.plusDays(1)) > 0) {
      return notSignedIn(
          "the sign-in was revoked or has expired",
          "Sign in again; a project whose consent screen is in 'Testing' ends every sign-in after"
              + " 7 days.");
    }
    if (signedIn.get().compareTo(TESTING.minus(SLACK)) < 0) {
      return notSignedIn(
          "the sign-in of "
              + DurationText.twoUnits(signedIn.get())
              + " ago was revoked or has expired",
          "Sign in again. It ends when the password is changed, the access is taken back at"
              + " https://myaccount.google.com/permissions, or the OAuth client is deleted.");
    }
    return notSignedIn(
        "the sign-in was 7 days old, and Google ends it then where the consent screen is in"
            + " 'Testing'",
        "Sign in again. To stay signed in, publish the app at"
            + " https://console.cloud.google.com/auth/audience?project="
            + project
            + " ('Publish app').");
  }

  private static PodiumException notSignedIn(String why, String remedy) {
    return new PodiumException.NotSignedIn("You are not signed in any more", why, remedy, null);
  }
}

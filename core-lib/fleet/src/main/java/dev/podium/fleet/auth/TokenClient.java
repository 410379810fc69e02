package dev.podium.fleet.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// The form posts to an identity server: a code for tokens, a refresh token for an access token,
/// the end of both. Blocks; may be used from any thread.
final class TokenClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  // A request's own time limit ends with the headers; a body could come a byte a minute.
  private static final Duration WHOLE_ANSWER = Duration.ofSeconds(30);

  // In bytes. Whoever answers may not fill this computer's memory.
  private static final long LONGEST_ANSWER = 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String project;
  private final OAuthEndpoints endpoints;
  private final Map<String, String> client = new LinkedHashMap<>();
  private final HttpClient http;

  TokenClient(CloudProfile profile) {
    this.project = profile.project();
    this.endpoints = OAuthEndpoints.of(profile);
    this.client.put("client_id", clientId(profile));
    profile.oauthClientSecret().ifPresent(secret -> client.put("client_secret", secret));
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /// @throws PodiumException.Invalid if the profile has none
  static String clientId(CloudProfile profile) {
    return profile
        .oauthClientId()
        .orElseThrow(() ->
            new PodiumException.Invalid(
                "Nobody can sign in with profile '" + profile.name() + "'",
                "it names no OAuth client",
                "Make a client of type 'Desktop app' at"
                    + " https://console.cloud.google.com/apis/credentials?project="
                    + profile.project()
                    + " and enter its id and secret."));
  }

  OAuthEndpoints endpoints() {
    return endpoints;
  }

  /// What the identity server gives.
  ///
  /// @param lifetime of the access token, by the server's word
  /// @param scope what was allowed, separated by blanks; empty if the server does not say
  /// @param email who signed in; empty if the server does not say
  record Tokens(
      String access, Duration lifetime, Optional<String> refresh, String scope, String email) {
    /// Without the tokens, so that no log holds them.
    @Override
    public String toString() {
      return "Tokens[" + email + ", " + lifetime + "]";
    }
  }

  /// Redeems the code of a sign-in.
  Tokens exchange(String code, String verifier, URI redirect) {
    Tokens tokens =
        tokens(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                verifier,
                "redirect_uri",
                redirect.toString()),
            Optional.empty());
    return tokens.email().isEmpty()
        ? new Tokens(
            tokens.access(), tokens.lifetime(), tokens.refresh(), tokens.scope(), whoIs(tokens))
        : tokens;
  }

  /// @param signedIn how long ago the person signed in, if that is known
  /// @throws PodiumException.NotSignedIn if the refresh token was revoked or has expired
  Tokens refresh(String refreshToken, Optional<Duration> signedIn) {
    return tokens(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken), signedIn);
  }

  /// Ends the refresh token and all that came of it.
  void revoke(String refreshToken) {
    HttpResponse<String> response =
        post("The sign-in was not revoked", endpoints.revocation(), Map.of("token", refreshToken));
    // 400 says that it was no good any more: what was asked for.
    if (response.statusCode() != 200 && response.statusCode() != 400) {
      throw refusal(Optional.empty()).of("The sign-in was not revoked", response);
    }
  }

  private TokenRefusal refusal(Optional<Duration> signedIn) {
    return new TokenRefusal(project, signedIn);
  }

  private Tokens tokens(Map<String, String> grant, Optional<Duration> signedIn) {
    String what = "Signing in did not work";
    HttpResponse<String> response = post(what, endpoints.token(), grant);
    if (response.statusCode() != 200) {
      throw refusal(signedIn).of(what, response);
    }
    JsonNode json = json(what, response);
    String access = json.path("access_token").asText();
    if (access.isEmpty() || !json.path("expires_in").canConvertToLong()) {
      throw notUnderstood(what);
    }
    return new Tokens(
        access,
        Duration.ofSeconds(json.path("expires_in").asLong()),
        Optional.of(json.path("refresh_token").asText()).filter(token -> !token.isEmpty()),
        json.path("scope").asText(),
        email(json.path("id_token").asText()));
  }

  /// The address in an `id_token`. Its signature need not be checked: it came from the token
  /// endpoint itself (OpenID Connect Core, section 3.1.3.7).
  private static String email(String idToken) {
    String[] parts = idToken.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      return JSON.readTree(new String(claims, StandardCharsets.UTF_8)).path("email").asText();
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return "";
    }
  }

  private String whoIs(Tokens tokens) {
    String what = "It cannot be told who signed in";
    HttpRequest request =
        HttpRequest.newBuilder(endpoints.userInfo())
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + tokens.access())
            .build();
    HttpResponse<String> response = send(what, request);
    if (response.statusCode() != 200) {
      throw refusal(Optional.empty()).of(what, response);
    }
    return json(what, response).path("email").asText();
  }

  private HttpResponse<String> post(String what, URI to, Map<String, String> pairs) {
    Map<String, String> form = new LinkedHashMap<>(pairs);
    form.putAll(client);
    return send(
        what,
        HttpRequest.newBuilder(to)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(FormText.of(form)))
            .build());
  }

  private HttpResponse<String> send(String what, HttpRequest request) {
    try {
      return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER))
          .orTimeout(WHOLE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .get();
    } catch (ExecutionException e) {
      throw new PodiumException.Unavailable(
          what,
          "the identity server " + request.uri().getAuthority() + " did not answer",
          "Check the network, then try again.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(what, "it was stopped", "Try again.", e);
    }
  }

  static JsonNode json(String what, HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw notUnderstood(what);
    }
  }

  private static PodiumException notUnderstood(String what) {
    return new PodiumException.CloudFailed(
        what,
        "the identity server's answer cannot be understood",
        "Check that no proxy stands in between, then try again.",
        null);
  }
}

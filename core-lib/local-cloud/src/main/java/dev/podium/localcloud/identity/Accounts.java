package dev.podium.localcloud.identity;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom a token belongs to and what it permits: userinfo and tokeninfo.
final class Accounts {
  private static final Set<String> SHOW_EMAIL =
      Set.of(
          "email",
          "https://www.googleapis.com/auth/userinfo.email",
          "https://www.googleapis.com/auth/cloud-platform");

  private final IssuedTokens tokens;
  private final Consents consents;
  private final SigningKey key;
  private final InstantSource clock;

  Accounts(IssuedTokens tokens, Consents consents, SigningKey key, InstantSource clock) {
    this.tokens = tokens;
    this.consents = consents;
    this.key = key;
    this.clock = clock;
  }

  static boolean showsEmail(Collection<String> scopes) {
    return scopes.stream().anyMatch(SHOW_EMAIL::contains);
  }

  /// `/oauth2/v2/userinfo`, Google's own form.
  HttpResponse userinfo(HttpHeaders headers, QueryParams query) {
    return bearer(headers, query)
        .map(grant -> Replies.json(200, person(grant, "id", "verified_email")))
        .orElseGet(Accounts::unauthenticated);
  }

  /// `/v1/userinfo`, OpenID's form.
  HttpResponse openIdUserinfo(HttpHeaders headers, QueryParams query) {
    return bearer(headers, query)
        .map(grant -> Replies.json(200, person(grant, "sub", "email_verified")))
        .orElseGet(Accounts::unauthenticated);
  }

  HttpResponse tokeninfo(HttpHeaders headers, QueryParams parameters) {
    String idToken = parameters.get("id_token", "");
    Optional<Map<String, Object>> info =
        idToken.isEmpty()
            ? bearer(headers, parameters).map(grant -> info(token(headers, parameters), grant))
            : key.verified(idToken).filter(this::isCurrent).map(Accounts::texts);
    return info.map(found -> Replies.json(200, found))
        .orElseGet(
            () -> Replies.oauthError(new OAuthException(400, "invalid_token", "Invalid Value")));
  }

  private Optional<Grant> bearer(HttpHeaders headers, QueryParams query) {
    return tokens.find(token(headers, query));
  }

  private static String token(HttpHeaders headers, QueryParams query) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).trim()
        : query.get("access_token", "");
  }

  private static Map<String, Object> person(Grant grant, String idName, String verifiedName) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put(idName, grant.subject());
    if (showsEmail(grant.scopes())) {
      person.put("email", grant.email());
      person.put(verifiedName, true);
    }
    String name = grant.email().substring(0, grant.email().indexOf('@'));
    person.put("name", name);
    person.put("given_name", name);
    return person;
  }

  private Map<String, Object> info(String token, Grant grant) {
    Optional<Consent> consent = consents.ofAccessToken(token);
    String client = consent.map(Consent::clientId).orElse(grant.subject());
    boolean offline = consent.map(Consent::refreshToken).filter(it -> !it.isEmpty()).isPresent();
    long left = Duration.between(clock.instant(), grant.expires()).toSeconds();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("azp", client);
    info.put("aud", client);
    info.put("sub", grant.subject());
    info.put("scope", String.join(" ", grant.scopes()));
    info.put("exp", Long.toString(grant.expires().getEpochSecond()));
    info.put("expires_in", Long.toString(left));
    if (showsEmail(grant.scopes())) {
      info.put("email", grant.email());
      info.put("email_verified", "true");
    }
    info.put("access_type", offline ? "offline" : "online");
    return info;
  }

  private boolean isCurrent(Map<String, Object> claims) {
    return claims.get("exp") instanceof Number expires
        && expires.longValue() > clock.instant().getEpochSecond();
  }

  /// Google's tokeninfo writes every claim as text.
  private static Map<String, Object> texts(Map<String, Object> claims) {
    Map<String, Object> texts = new LinkedHashMap<>();
    claims.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static HttpResponse unauthenticated() {
    String message =
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
            + " cookie or other valid authentication credential.";
    return Replies.json(
        401, Map.of("error", Map.of("code", 401, "message", message, "status", "UNAUTHENTICATED")));
  }
}

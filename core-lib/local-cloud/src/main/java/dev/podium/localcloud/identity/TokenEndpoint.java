package dev.podium.localcloud.identity;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.TokenSigner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The token and revocation endpoints.
final class TokenEndpoint {
  /// RFC 7523, section 2.1: a service account's key is its client.
  private static final String ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final Consents consents;
  private final ServiceAccountKeys accountKeys;
  private final IssuedTokens issued;
  private final TokenSigner signer;
  private final InstantSource clock;

  TokenEndpoint(
      Consents consents,
      ServiceAccountKeys accountKeys,
      IssuedTokens issued,
      TokenSigner signer,
      InstantSource clock) {
    this.consents = consents;
    this.accountKeys = accountKeys;
    this.issued = issued;
    this.signer = signer;
    this.clock = clock;
  }

  HttpResponse token(HttpHeaders headers, QueryParams form) {
    try {
      String grantType = form.get("grant_type", "");
      if (ASSERTION.equals(grantType)) {
        return asserted(form);
      }
      String clientId = clientId(headers, form);
      return switch (grantType) {
        case "authorization_code" -> redeemed(clientId, form);
        case "refresh_token" -> refreshed(clientId, form);
        case "" -> throw OAuthException.invalidRequest("Required parameter is missing: grant_type");
        default ->
            throw new OAuthException(
                400, "unsupported_grant_type", "Invalid grant_type: " + grantType);
      };
    } catch (OAuthException refused) {
      return Replies.oauthError(refused);
    }
  }

  HttpResponse revoke(QueryParams form) {
    return consents.revoke(form.get("token", ""))
        ? Replies.json(200, Map.of())
        : Replies.oauthError(new OAuthException(400, "invalid_token", "Token expired or revoked"));
  }

  private HttpResponse asserted(QueryParams form) {
    ServiceAccountKeys.Assertion account = accountKeys.verify(required(form, "assertion"));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", issued.issue(account.email(), account.scopes(), Consents.TOKEN_LIFE));
    body.put("expires_in", Consents.TOKEN_LIFE.toSeconds() - 1);
    body.put("token_type", "Bearer");
    return Replies.json(200, body);
  }

  private HttpResponse redeemed(String clientId, QueryParams form) {
    Consent consent =
        consents.redeem(
            required(form, "code"),
            clientId,
            form.get("redirect_uri", ""),
            form.get("code_verifier", ""));
    return tokens(consent, consent.scopes(), true);
  }

  private HttpResponse refreshed(String clientId, QueryParams form) {
    Consent consent = consents.refresh(required(form, "refresh_token"), clientId);
    String narrower = form.get("scope", "").trim();
    List<String> scopes =
        narrower.isEmpty() ? consent.scopes() : List.of(narrower.split("\\s+", -1));
    if (!consent.scopes().containsAll(scopes)) {
      throw new OAuthException(400, "invalid_scope", "Some requested scopes were not granted.");
    }
    return tokens(consent, scopes, false);
  }

  private HttpResponse tokens(Consent consent, List<String> scopes, boolean first) {
    Map<String, Object> body = new LinkedHashMap<>();
    String accessToken = consents.accessToken(consent, scopes);
    body.put("access_token", accessToken);
    body.put("expires_in", Consents.TOKEN_LIFE.toSeconds() - 1);
    if (first && !consent.refreshToken().isEmpty()) {
      body.put("refresh_token", consent.refreshToken());
    }
    body.put("scope", String.join(" ", scopes));
    body.put("token_type", "Bearer");
    if (consent.has("openid")) {
      body.put("id_token", idToken(consent, first));
    }
    return Replies.json(200, body);
  }

  private String idToken(Consent consent, boolean first) {
    Instant now = clock.instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", TokenSigner.ISSUER);
    claims.put("azp", consent.clientId());
    claims.put("aud", consent.clientId());
    claims.put("sub", IssuedTokens.subjectOf(consent.email()));
    if (Accounts.showsEmail(consent.scopes())) {
      claims.put("email", consent.email());
      claims.put("email_verified", true);
    }
    if (first && !consent.nonce().isEmpty()) {
      claims.put("nonce", consent.nonce());
    }
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Consents.TOKEN_LIFE).getEpochSecond());
    return signer.sign(claims);
  }

  private static String clientId(HttpHeaders headers, QueryParams form) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    String clientId =
        authorization.startsWith("Basic ")
            ? basicUser(authorization.substring(6))
            : form.get("client_id", "");
    if (clientId.isEmpty()) {
      throw OAuthException.invalidRequest("Could not determine client ID from request.");
    }
    return clientId;
  }

  private static String basicUser(String credentials) {
    try {
      String pair =
          new String(Base64.getDecoder().decode(credentials.trim()), StandardCharsets.UTF_8);
      return URLDecoder.decode(pair.split(":", 2)[0], StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static String required(QueryParams form, String name) {
    String value = form.get(name, "");
    if (value.isEmpty()) {
      throw OAuthException.invalidRequest("Missing required parameter: " + name);
    }
    return value;
  }
}

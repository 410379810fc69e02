package dev.podium.localcloud.identity;

import dev.podium.localcloud.state.token.IssuedTokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Consents, codes and refresh tokens. Safe for use from any thread.
final class Consents {
  /// Google's codes live for ten minutes.
  private static final Duration CODE_LIFE = Duration.ofMinutes(10);

  /// Google's access tokens live for an hour, of which the client is told one second less.
  static final Duration TOKEN_LIFE = Duration.ofHours(1);

  /// A program that asks for pages and never answers them must not fill the memory.
  private static final int MOST_PENDING = 1_000;

  private final IssuedTokens tokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, AuthorizationRequest> pages = bounded();
  private final Map<String, Code> codes = bounded();
  private final Map<String, Consent> byRefreshToken = new HashMap<>();
  private final Map<String, Consent> byAccessToken = bounded();

  Consents(IssuedTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
    tokens.onRevokeAll(this::endAll);
  }

  /// Remembers what a consent page asks.
  ///
  /// @return a ticket that only this page knows, so that no other page can consent for the person
  synchronized String show(AuthorizationRequest request) {
    String ticket = secret("");
    pages.put(ticket, request);
    return ticket;
  }

  /// What the page with this ticket asks, if it is still to be answered.
  synchronized Optional<AuthorizationRequest> shown(String ticket) {
    return Optional.ofNullable(pages.get(ticket));
  }

  /// The person said no, or has said yes by [#grant].
  synchronized void answered(String ticket) {
    pages.remove(ticket);
  }

  /// The person said yes.
  ///
  /// @return the one-time code for the app
  synchronized String grant(AuthorizationRequest request, String email) {
    String code = secret("4/0");
    codes.put(code, new Code(request, email, clock.instant().plus(CODE_LIFE)));
    return code;
  }

  /// Exchanges a code, once.
  ///
  /// @throws OAuthException `invalid_grant` where the code, its client, its redirect or its
  ///   verifier is not right; using a code twice also ends what the first use gave
  synchronized Consent redeem(String code, String clientId, String redirect, String verifier) {
    Code issued = codes.get(code);
    if (issued == null || !clock.instant().isBefore(issued.expires)) {
      throw OAuthException.invalidGrant("Malformed auth code.");
    }
    if (issued.consent != null) {
      end(issued.consent);
      throw OAuthException.invalidGrant("The auth code was used already.");
    }
    AuthorizationRequest request = issued.request;
    if (!request.clientId().equals(clientId)) {
      throw new OAuthException(401, "invalid_client", "The auth code belongs to another client.");
    }
    if (!request.redirect().toString().equals(redirect)) {
      throw new OAuthException(400, "redirect_uri_mismatch", "Bad Request");
    }
    requireProof(request.proofKey(), verifier);
    Consent consent =
        new Consent(
            secret(""),
            clientId,
            issued.email,
            request.scopes(),
            request.offline() ? secret("1//0") : "",
            request.nonce());
    issued.consent = consent;
    if (request.offline()) {
      byRefreshToken.put(consent.refreshToken(), consent);
    }
    return consent;
  }

  /// @throws OAuthException `invalid_grant` where the token is unknown or was revoked
  synchronized Consent refresh(String refreshToken, String clientId) {
    Consent consent = byRefreshToken.get(refreshToken);
    if (consent == null) {
      throw OAuthException.invalidGrant("Token has been expired or revoked.");
    }
    if (!consent.clientId().equals(clientId)) {
      throw new OAuthException(401, "unauthorized_client", "Unauthorized");
    }
    return consent;
  }

  /// A new access token for this consent.
  synchronized String accessToken(Consent consent, List<String> scopes) {
    String token = tokens.issue(consent.email(), scopes, TOKEN_LIFE);
    byAccessToken.put(token, consent);
    return token;
  }

  synchronized Optional<Consent> ofAccessToken(String token) {
    return Optional.ofNullable(byAccessToken.get(token));
  }

  /// Ends the consent that a token, of either kind, belongs to.
  ///
  /// @return whether it was good until now
  synchronized boolean revoke(String token) {
    Consent consent = byRefreshToken.getOrDefault(token, byAccessToken.get(token));
    if (consent == null) {
      return tokens.revoke(token);
    }
    boolean good = byRefreshToken.containsKey(token) || tokens.find(token).isPresent();
    end(consent);
    return good;
  }

  /// Ends all consents of a person, or of everybody; their access tokens are revoked elsewhere.
  private synchronized void endAll(Optional<String> email) {
    Predicate<Consent> concerned =
        consent -> email.isEmpty() || consent.email().equals(email.get());
    byRefreshToken.values().removeIf(concerned);
    byAccessToken.values().removeIf(concerned);
  }

  private void end(Consent consent) {
    byRefreshToken.remove(consent.refreshToken());
    List<String> itsTokens = new ArrayList<>();
    byAccessToken.forEach((token, owner) -> {
      if (owner.id().equals(consent.id())) {
        itsTokens.add(token);
      }
    });
    itsTokens.forEach(tokens::revoke);
    itsTokens.forEach(byAccessToken::remove);
  }

  private static void requireProof(ProofKey proofKey, String verifier) {
    if (proofKey.isUsed() && verifier.isEmpty()) {
      throw OAuthException.invalidGrant("Missing code verifier.");
    }
    if (proofKey.isUsed() != !verifier.isEmpty()
        || (proofKey.isUsed() && !proofKey.isProvedBy(verifier))) {
      throw OAuthException.invalidGrant("Invalid code verifier.");
    }
  }

  private String secret(String prefix) {
    byte[] bytes = new byte[48];
    random.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_PENDING;
      }
    };
  }

  /// A code stays known after its use, so that a second use is recognised as a theft.
  private static final class Code {
    private final AuthorizationRequest request;
    private final String email;
    private final Instant expires;
    private @Nullable Consent consent;

    Code(AuthorizationRequest request, String email, Instant expires) {
      this.request = request;
      this.email = email;
      this.expires = expires;
    }
  }
}

package dev.podium.localcloud.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keys of service accounts, by which a server signs in without a person (RFC 7523, section 2.1).
/// Each is made in the form of the file that Google gives once. Safe for use from any thread.
final class ServiceAccountKeys {
  private static final int KEY_BITS = 2048;

  /// Google refuses assertions that live longer.
  private static final Duration LONGEST = Duration.ofHours(1).plusMinutes(1);

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final InstantSource clock;
  private final Map<String, Issued> byId = new ConcurrentHashMap<>();

  ServiceAccountKeys(InstantSource clock) {
    this.clock = clock;
  }

  /// Makes a key. Takes some tenths of a second.
  ///
  /// @param base of this server, such as `http://127.0.0.1:8080`
  /// @return the key file's members, in Google's order
  Map<String, Object> create(String project, String email, String base) {
    RSAKey key;
    String pem;
    try {
      key = new RSAKeyGenerator(KEY_BITS).keyIDFromThumbprint(true).generate();
      pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + LINES.encodeToString(key.toRSAPrivateKey().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
    } catch (JOSEException impossible) {
      throw new IllegalStateException("Every JDK makes RSA keys", impossible);
    }
    byId.put(key.getKeyID(), new Issued(email, key.toPublicJWK()));
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("type", "service_account");
    file.put("project_id", project);
    file.put("private_key_id", key.getKeyID());
    file.put("private_key", pem);
    file.put("client_email", email);
    file.put("client_id", IssuedTokens.subjectOf(email));
    file.put("auth_uri", base + "/o/oauth2/auth");
    file.put("token_uri", base + "/token");
    file.put("auth_provider_x509_cert_url", base + "/oauth2/v1/certs");
    file.put("universe_domain", "googleapis.com");
    return file;
  }

  /// Whom an assertion speaks for.
  ///
  /// @throws OAuthException if no key made here signed it, or it has expired
  Assertion verify(String assertion) {
    try {
      SignedJWT signed = SignedJWT.parse(assertion);
      @Nullable Issued issued = byId.get(String.valueOf(signed.getHeader().getKeyID()));
      if (issued == null || !signed.verify(new RSASSAVerifier(issued.key()))) {
        throw OAuthException.invalidGrant("Invalid JWT Signature.");
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      if (!issued.email().equals(claims.getIssuer())) {
        throw OAuthException.invalidGrant("Invalid issuer: Not a valid email or user ID.");
      }
      requireNow(claims);
      String scopes = Optional.ofNullable(claims.getStringClaim("scope")).orElse("").trim();
      if (scopes.isEmpty()) {
        throw new OAuthException(400, "invalid_scope", "Empty or missing scope not allowed.");
      }
      return new Assertion(issued.email(), List.of(scopes.split("\\s+", -1)));
    } catch (JOSEException | ParseException malformed) {
      throw OAuthException.invalidGrant("Bad Request");
    }
  }

  private void requireNow(JWTClaimsSet claims) {
    Instant now = clock.instant();
    boolean good =
        claims.getExpirationTime() != null
            && claims.getIssueTime() != null
            && now.isBefore(claims.getExpirationTime().toInstant())
            && claims
                .getExpirationTime()
                .toInstant()
                .isBefore(claims.getIssueTime().toInstant().plus(LONGEST));
    if (!good) {
      throw OAuthException.invalidGrant(
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
              + " Check your iat and exp values in the JWT claim.");
    }
  }

  private record Issued(String email, RSAKey key) {}

  /// @param email the service account
  /// @param scopes what the token shall permit
  record Assertion(String email, List<String> scopes) {}
}

package dev.podium.localcloud.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.podium.localcloud.state.token.TokenSigner;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The local cloud's RSA key. It is made when it is first needed or announced. That takes a few
/// tenths of a second, which a start without sign-in and machines should not pay. Safe for use from
/// any thread.
///
/// Each start has a key of its own, under an id of its own. Who keeps an older answer of
/// `/oauth2/v3/certs` meets an id that is not in it, and must read that answer again.
public final class SigningKey implements TokenSigner {
  private static final int KEY_BITS = 2048;

  private @Nullable RSAKey key;

  /// Makes the key if there is none yet. Blocks.
  void prepare() {
    key();
  }

  @Override
  public String sign(Map<String, Object> claims) {
    RSAKey signing = key();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(signing.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    try {
      SignedJWT token = new SignedJWT(header, JWTClaimsSet.parse(claims));
      token.sign(new RSASSASigner(signing));
      return token.serialize();
    } catch (JOSEException | ParseException wrong) {
      throw new IllegalArgumentException("These claims cannot be signed: " + claims, wrong);
    }
  }

  /// The claims of a token that this key has signed, or nothing if it has not.
  Optional<Map<String, Object>> verified(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      return signed.verify(new RSASSAVerifier(key()))
          ? Optional.of(signed.getJWTClaimsSet().toJSONObject())
          : Optional.empty();
    } catch (JOSEException | ParseException malformed) {
      return Optional.empty();
    }
  }

  /// The public half, as `/oauth2/v3/certs` shows it.
  Map<String, Object> publicKeys() {
    return new JWKSet(key()).toJSONObject(true);
  }

  private synchronized RSAKey key() {
    RSAKey made = key;
    if (made == null) {
      try {
        made =
            new RSAKeyGenerator(KEY_BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint(true)
                .generate();
      } catch (JOSEException impossible) {
        throw new IllegalStateException("Every JDK makes RSA keys", impossible);
      }
      key = made;
    }
    return made;
  }
}

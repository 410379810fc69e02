package dev.podium.wire.invite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The half of a key pair that VMs hold.
///
/// @param id the key's RFC 7638 thumbprint
/// @param x the point, base64url
/// @param end when a VM no longer goes by it, unless its console says it anew until then
public record InvitePublicKey(String id, String x, PublicKey key, Instant end) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// X.509 of an Ed25519 key is this and the 32 bytes of the point (RFC 8410, section 4).
  private static final byte[] X509_HEAD = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

  public static InvitePublicKey of(PublicKey key, Instant end) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    String x = Base64Url.encode(Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length));
    return new InvitePublicKey(thumbprint(x), x, key, end);
  }

  /// The public keys of a set; keys of other kinds are skipped, because a later release may add
  /// some.
  ///
  /// @throws IllegalArgumentException if the text is no key set
  public static List<InvitePublicKey> inSet(String jwks) {
    try {
      JsonNode set = JSON.readTree(jwks).path("keys");
      if (!set.isArray()) {
        throw new IllegalArgumentException("no member 'keys'");
      }
      List<InvitePublicKey> found = new ArrayList<>();
      for (JsonNode jwk : set) {
        if ("Ed25519".equals(jwk.path("crv").asText())) {
          found.add(fromJwk(jwk));
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /// @throws IllegalArgumentException if it is no Ed25519 key
  public static InvitePublicKey fromJwk(JsonNode jwk) {
    if (!"OKP".equals(jwk.path("kty").asText()) || !"Ed25519".equals(jwk.path("crv").asText())) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    byte[] point = Base64Url.decode(jwk.path("x").asText());
    if (point.length != 32) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + point.length);
    }
    byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + point.length);
    System.arraycopy(point, 0, encoded, X509_HEAD.length, point.length);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      long end = jwk.path("exp").asLong(Long.MAX_VALUE);
      return of(key, Instant.ofEpochSecond(Math.min(end, Instant.MAX.getEpochSecond())));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a point of Ed25519", e);
    }
  }

  public ObjectNode toJwk() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", x)
        .put("kid", id)
        .put("alg", "EdDSA")
        .put("use", "sig");
  }

  /// Whether this key made the signature of the text.
  public boolean verifies(String text, byte[] signature) {
    try {
      Signature verification = Signature.getInstance("Ed25519");
      verification.initVerify(key);
      verification.update(text.getBytes(StandardCharsets.UTF_8));
      return verification.verify(signature);
    } catch (SignatureException e) {
      // The JDK throws for a signature of the wrong length or out of range: nobody's signature.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was read does not verify", e);
    }
  }

  private static String thumbprint(String x) throws GeneralSecurityException {
    String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
    return Base64Url.encode(
        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII)));
  }
}

package dev.podium.wire.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/// The public half of an Ed25519 pair (RFC 8032). Immutable.
///
/// @param id its RFC 7638 thumbprint
/// @param x the point, base64url
public record Ed25519PublicKey(String id, String x, PublicKey key) implements VerificationKey {
  /// X.509 of an Ed25519 key is this and the 32 bytes of the point (RFC 8410, section 4).
  private static final byte[] X509_HEAD = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

  private static final int POINT_BYTES = 32;

  /// The key of a pair that was made.
  static Ed25519PublicKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    String x = Base64Url.encode(Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length));
    return new Ed25519PublicKey(thumbprint(x), x, key);
  }

  /// Reads a point. Takes about a tenth of a millisecond.
  ///
  /// @param x the 32 bytes of the point, base64url
  /// @throws IllegalArgumentException if it is none of Ed25519
  public static Ed25519PublicKey parse(String x) {
    byte[] point = Base64Url.decode(x);
    if (point.length != POINT_BYTES) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + point.length);
    }
    byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + point.length);
    System.arraycopy(point, 0, encoded, X509_HEAD.length, point.length);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519", Ed25519Provider.FASTEST)
              .generatePublic(new X509EncodedKeySpec(encoded));
      return new Ed25519PublicKey(thumbprint(x), x, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a point of Ed25519", e);
    }
  }

  /// The RFC 7638 thumbprint of a point, without a look at whether it is one.
  public static String thumbprint(String x) {
    String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
    try {
      return Base64Url.encode(
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  @Override
  public boolean verifies(String text, byte[] signature) {
    try {
      Signature verification = Signature.getInstance("Ed25519", Ed25519Provider.FASTEST);
      verification.initVerify(key);
      verification.update(text.getBytes(StandardCharsets.UTF_8));
      return verification.verify(signature);
    } catch (SignatureException e) {
      // Providers may throw for a signature of the wrong length or out of range: nobody's
      // signature.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was read does not verify", e);
    }
  }
}

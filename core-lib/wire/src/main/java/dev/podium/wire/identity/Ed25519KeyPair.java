package dev.podium.wire.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/// An Ed25519 pair. Its private half never appears in [#toString]. Immutable.
public final class Ed25519KeyPair {
  private static final String ALGORITHM = "Ed25519";

  /// PKCS #8 of an Ed25519 key is this and the 32 bytes of the seed (RFC 8410, section 7).
  private static final byte[] PKCS8_HEAD = {
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20
  };

  private static final int SEED_BYTES = 32;

  private final Ed25519PublicKey publicKey;
  private final String seed;
  private final PrivateKey privateKey;

  private Ed25519KeyPair(Ed25519PublicKey publicKey, String seed, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.seed = seed;
    this.privateKey = privateKey;
  }

  /// A new pair from the system's randomness.
  public static Ed25519KeyPair generate() {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM, Ed25519Provider.FASTEST).generateKeyPair();
      byte[] encoded = pair.getPrivate().getEncoded();
      byte[] seed = Arrays.copyOfRange(encoded, PKCS8_HEAD.length, PKCS8_HEAD.length + SEED_BYTES);
      return new Ed25519KeyPair(
          Ed25519PublicKey.of(pair.getPublic()), Base64Url.encode(seed), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK since 15 has Ed25519", e);
    }
  }

  /// A pair that was kept.
  ///
  /// @param x the public point, base64url; must belong to the seed
  /// @param seed the 32 private bytes, base64url
  /// @throws IllegalArgumentException if one of them is no key of Ed25519, or they are no pair
  public static Ed25519KeyPair of(String x, String seed) {
    byte[] bytes = Base64Url.decode(seed);
    if (bytes.length != SEED_BYTES) {
      throw new IllegalArgumentException("a private key has 32 bytes, not " + bytes.length);
    }
    byte[] encoded = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + bytes.length);
    System.arraycopy(bytes, 0, encoded, PKCS8_HEAD.length, bytes.length);
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM, Ed25519Provider.FASTEST)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new Ed25519KeyPair(Ed25519PublicKey.parse(x), seed, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
  }

  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  /// The private half, base64url, for a file that its owner alone may read.
  public String seed() {
    return seed;
  }

  /// The 64 bytes of an Ed25519 signature of the text. Takes about a tenth of a millisecond.
  public byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM, Ed25519Provider.FASTEST);
      signature.initSign(privateKey);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was read does not sign", e);
    }
  }

  @Override
  public String toString() {
    return "Ed25519KeyPair[" + publicKey.id() + "]";
  }
}

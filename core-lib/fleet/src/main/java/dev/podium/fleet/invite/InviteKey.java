package dev.podium.fleet.invite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.invite.Base64Url;
import dev.podium.wire.invite.InvitePublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;

/// One Ed25519 pair that signs invites. Its private half never appears in [#toString] or in the
/// public set.
public final class InviteKey {
  private static final String ALGORITHM = "Ed25519";

  /// PKCS #8 of an Ed25519 key is this and the 32 bytes of the seed (RFC 8410, section 7).
  private static final byte[] PKCS8_HEAD = {
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20
  };

  private final InvitePublicKey publicKey;
  private final byte[] seed;
  private final PrivateKey privateKey;
  private final Instant created;

  private InviteKey(InvitePublicKey publicKey, byte[] seed, Instant created)
      throws GeneralSecurityException {
    this.publicKey = publicKey;
    this.seed = seed;
    this.created = created;
    byte[] encoded = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + seed.length);
    System.arraycopy(seed, 0, encoded, PKCS8_HEAD.length, seed.length);
    this.privateKey =
        KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /// A new pair from the system's randomness.
  public static InviteKey generate(Instant now) {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] encoded = pair.getPrivate().getEncoded();
      byte[] seed = Arrays.copyOfRange(encoded, PKCS8_HEAD.length, PKCS8_HEAD.length + 32);
      return new InviteKey(InvitePublicKey.of(pair.getPublic(), Instant.MAX), seed, now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK since 15 has Ed25519", e);
    }
  }

  /// @throws IllegalArgumentException if it is no private Ed25519 key
  static InviteKey fromJwk(JsonNode jwk) {
    try {
      byte[] seed = Base64Url.decode(jwk.path("d").asText());
      if (seed.length != 32) {
        throw new IllegalArgumentException("a private key has 32 bytes, not " + seed.length);
      }
      Instant created = Instant.ofEpochSecond(jwk.path("created").asLong());
      return new InviteKey(InvitePublicKey.fromJwk(jwk), seed, created);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
  }

  /// The private form of RFC 8037, for the console's own file.
  ObjectNode toPrivateJwk() {
    ObjectNode jwk = JsonNodeFactory.instance.objectNode();
    jwk.setAll(publicKey.toJwk());
    return jwk.put("d", Base64Url.encode(seed)).put("created", created.getEpochSecond());
  }

  public InvitePublicKey publicKey() {
    return publicKey;
  }

  /// When it was made, by the console's clock, to the second.
  public Instant created() {
    return created;
  }

  /// The 64 bytes of an Ed25519 signature.
  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was read does not sign", e);
    }
  }

  @Override
  public String toString() {
    return "InviteKey[" + publicKey.id() + "]";
  }
}

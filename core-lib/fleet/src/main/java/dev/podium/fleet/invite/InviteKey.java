package dev.podium.fleet.invite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.invite.InvitePublicKey;
import java.time.Instant;

/// One Ed25519 pair that signs invites. Its private half never appears in [#toString] or in the
/// public set.
public final class InviteKey {
  private final InvitePublicKey publicKey;
  private final Ed25519KeyPair pair;
  private final Instant created;

  private InviteKey(Ed25519KeyPair pair, InvitePublicKey publicKey, Instant created) {
    this.pair = pair;
    this.publicKey = publicKey;
    this.created = created;
  }

  /// A new pair from the system's randomness.
  public static InviteKey generate(Instant now) {
    Ed25519KeyPair pair = Ed25519KeyPair.generate();
    return new InviteKey(pair, new InvitePublicKey(pair.publicKey(), Instant.MAX), now);
  }

  /// @throws IllegalArgumentException if it is no private Ed25519 key
  static InviteKey fromJwk(JsonNode jwk) {
    InvitePublicKey publicKey = InvitePublicKey.fromJwk(jwk);
    return new InviteKey(
        Ed25519KeyPair.of(jwk.path("x").asText(), jwk.path("d").asText()),
        publicKey,
        Instant.ofEpochSecond(jwk.path("created").asLong()));
  }

  /// The private form of RFC 8037, for the console's own file.
  ObjectNode toPrivateJwk() {
    ObjectNode jwk = JsonNodeFactory.instance.objectNode();
    jwk.setAll(publicKey.toJwk());
    return jwk.put("d", pair.seed()).put("created", created.getEpochSecond());
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
    return pair.sign(text);
  }

  @Override
  public String toString() {
    return "InviteKey[" + publicKey.id() + "]";
  }
}

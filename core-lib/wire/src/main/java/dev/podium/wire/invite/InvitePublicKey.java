package dev.podium.wire.invite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.identity.Ed25519PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A console's public key, as VMs hold it: it signs invites, and what consoles say.
///
/// @param end when a VM no longer goes by it, unless its console says it anew until then
public record InvitePublicKey(Ed25519PublicKey key, Instant end) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The key's RFC 7638 thumbprint.
  public String id() {
    return key.id();
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
    long end = jwk.path("exp").asLong(Long.MAX_VALUE);
    return new InvitePublicKey(
        Ed25519PublicKey.parse(jwk.path("x").asText()),
        Instant.ofEpochSecond(Math.min(end, Instant.MAX.getEpochSecond())));
  }

  public ObjectNode toJwk() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", key.x())
        .put("kid", id())
        .put("alg", "EdDSA")
        .put("use", "sig");
  }

  /// Whether this key made the signature of the text.
  public boolean verifies(String text, byte[] signature) {
    return key.verifies(text, signature);
  }
}

package dev.podium.fleet.simulation;

import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.VerificationKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keys that cost next to nothing. A signature is a number that follows from the key and the text,
/// and nobody here computes another's.
final class SimKeys {
  private final Mutation mutation;
  private final Map<String, SimKey> byForm = new HashMap<>();
  private final Map<String, SimKey> consoles = new HashMap<>();

  SimKeys(Mutation mutation) {
    this.mutation = mutation;
  }

  /// A key of somebody.
  ///
  /// @param form its public half, as it stands on the roster
  /// @param id the thumbprint
  record SimKey(String form, String id, long secret) implements VerificationKey {
    byte[] sign(String text) {
      long hash = secret;
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
      return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    }

    @Override
    public boolean verifies(String text, byte[] signature) {
      return Arrays.equals(sign(text), signature);
    }

    /// @param kind what stands before all that the sender signs
    TextSigner signer(String kind) {
      return new TextSigner() {
        @Override
        public String key() {
          return id;
        }

        @Override
        public String sign(String text) {
          return Base64Url.encode(SimKey.this.sign(kind + text));
        }
      };
    }
  }

  SimKey make() {
    String form = "key-" + (byForm.size() + 1);
    long secret = (byForm.size() + 1) * 0x9e3779b97f4a7c15L;
    SimKey key = new SimKey(form, Ed25519PublicKey.thumbprint(form), secret);
    byForm.put(form, key);
    return key;
  }

  /// One that the fleet's VMs know for a console's.
  SimKey makeForConsole() {
    SimKey key = make();
    consoles.put(key.id(), key);
    return key;
  }

  Optional<VerificationKey> console(String id) {
    return Optional.ofNullable(consoles.get(id)).map(mutation::key);
  }

  VerificationKey read(String form) {
    SimKey key = byForm.get(form);
    if (key == null) {
      throw new IllegalArgumentException("nobody has that key");
    }
    return mutation.key(key);
  }
}

package dev.podium.agent.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.TextSigner;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By which key this VM speaks, and whether it believes what is unsigned. Immutable.
///
/// @param vmId the cloud's number of the machine: a clone of its disk is another VM
/// @param strict whether only what is signed is believed, now and after every start from now on
/// @param state where it is kept
public record VmIdentity(String vmId, Ed25519KeyPair pair, boolean strict, StateFolder state) {
  private static final Logger LOG = LoggerFactory.getLogger(VmIdentity.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "identity.json";

  /// The identity that was kept, or a new one. Takes some tens of milliseconds: it loads what
  /// signs.
  ///
  /// @param strict whether the VM's maker said so
  public static VmIdentity open(StateFolder state, String vmId, boolean strict) {
    VmIdentity kept = state.read(FILE).flatMap(text -> read(text, state, vmId)).orElse(null);
    if (kept != null) {
      return strict ? kept.butStrict() : kept;
    }
    VmIdentity made = new VmIdentity(vmId, Ed25519KeyPair.generate(), strict, state);
    if (!isPair(made.pair)) {
      throw new IllegalStateException("A key that was made does not sign");
    }
    made.keep();
    return made;
  }

  /// The same, and from now on it believes only what is signed.
  VmIdentity butStrict() {
    if (strict) {
      return this;
    }
    VmIdentity stricter = new VmIdentity(vmId, pair, true, state);
    stricter.keep();
    return stricter;
  }

  private void keep() {
    state.write(
        FILE,
        JSON.createObjectNode()
            .put("vmId", vmId)
            .put("x", pair.publicKey().x())
            .put("seed", pair.seed())
            .put("strict", strict)
            .toString());
  }

  private static Optional<VmIdentity> read(String text, StateFolder state, String vmId) {
    try {
      JsonNode kept = JSON.readTree(text);
      if (!kept.path("vmId").asText().equals(vmId)) {
        LOG.info("The kept key is of another machine: this VM makes its own");
        return Optional.empty();
      }
      Ed25519KeyPair pair = Ed25519KeyPair.of(kept.path("x").asText(), kept.path("seed").asText());
      if (!isPair(pair)) {
        throw new IllegalArgumentException("its halves are no pair");
      }
      return Optional.of(new VmIdentity(vmId, pair, kept.path("strict").asBoolean(), state));
    } catch (JsonProcessingException | IllegalArgumentException damaged) {
      // Its message may quote the file, which holds a secret.
      LOG.warn("The kept key is damaged and replaced: {}", damaged.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /// Whether the one half proves what the other signed. The first proof loads what all others need,
  /// and no thread of the bus has to wait for that.
  private static boolean isPair(Ed25519KeyPair pair) {
    byte[] signature = Base64Url.decode(TextSigner.ofVm(pair).sign(FILE));
    return pair.publicKey().verifies(TextSigner.VM + FILE, signature);
  }

  @Override
  public String toString() {
    return "VmIdentity[" + vmId + ", " + pair + "]";
  }
}

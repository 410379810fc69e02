package dev.podium.agent.fuzz;

import dev.podium.agent.door.AccessCodeGate;
import dev.podium.agent.door.ChatError;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.door.EntryGate.Credentials;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.AccessCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// Nothing opens but the code, whatever name and device come with it. The input is code, name and
/// device, with a zero between them.
public final class CodeTarget {
  private static final String CODE = "open sesame";
  private static final Optional<AccessCode> KNOWN = Optional.of(AccessCode.parse(item()));

  private CodeTarget() {}

  /// @param input see the class
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\0", 3);
    Credentials shown =
        new Credentials.Code(
            parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    // A new gate each time: else after so many failures it would look at nothing any more.
    EntryGate gate =
        new AccessCodeGate(
            () -> KNOWN,
            other -> new EntryGate.Decision.Refused(ChatError.BAD_TOKEN, "no"),
            Ticker.system());
    boolean opened = gate.admit(shown) instanceof EntryGate.Decision.Admitted;
    if (opened != parts[0].equals(CODE)) {
      throw new IllegalStateException(opened ? "another code opens" : "the code does not open");
    }
  }

  private static String item() {
    byte[] salt = "salt of the fleet".getBytes(StandardCharsets.UTF_8);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      byte[] hash = digest.digest(CODE.getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      return base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

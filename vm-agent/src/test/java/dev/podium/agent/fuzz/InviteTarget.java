package dev.podium.agent.fuzz;

import dev.podium.wire.invite.Admission;
import dev.podium.wire.invite.InviteVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/// No token throws, none opens a VM whose key did not sign it, and none does whose claims are not
/// an invite's. The first byte says what the rest is: a whole token, or claims that are signed.
public final class InviteTarget {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final KeyPair KEY = generate();
  private static final String X = publicPoint();
  private static final String KEY_ID = thumbprint();
  private static final InviteVerifier VERIFIER =
      new InviteVerifier(
          () ->
              "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
                  + X
                  + "\",\"kid\":\""
                  + KEY_ID
                  + "\"}]}",
          "class-a",
          "vm-a",
          () -> NOW);

  private InviteTarget() {}

  /// @param input see the class
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String rest = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    if (input[0] % 4 == 0) {
      Admission admission = VERIFIER.verify(sign(rest));
      if (admission instanceof Admission.Admitted admitted) {
        require(NOW.isBefore(admitted.invite().expires()), "an invite that has ended opens");
        require(
            Set.of("fleet:class-a", "vm:vm-a").contains(admitted.invite().audience().toString())
                || rest.contains("class-a")
                || rest.contains("vm-a"),
            "an invite for others opens");
      }
    } else {
      require(
          !(VERIFIER.verify(rest) instanceof Admission.Admitted), "a token nobody signed opens");
    }
  }

  /// A token as a console makes them, with these claims.
  static String sign(String claims) {
    String head = "{\"alg\":\"EdDSA\",\"kid\":\"" + KEY_ID + "\"}";
    String signed = encode(head) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(KEY.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static boolean admits(String claims) {
    return VERIFIER.verify(sign(claims)) instanceof Admission.Admitted;
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The last 32 bytes of the X.509 form (RFC 8410, section 4).
  private static String publicPoint() {
    byte[] encoded = KEY.getPublic().getEncoded();
    return BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  private static String thumbprint() {
    String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + X + "\"}";
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}

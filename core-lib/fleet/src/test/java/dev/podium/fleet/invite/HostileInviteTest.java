package dev.podium.fleet.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.invite.Admission.Admitted;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.InviteVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The known attacks on signed tokens, each on an invite that would be good without it.
class HostileInviteTest {
  private static final Audience FLEET = new Audience.WholeFleet("demo");

  @TempDir private Path folder;

  private final InstantSource clock = InstantSource.system();
  private InviteKeys keys;
  private InviteVerifier verifier;
  private String head = "";
  private String claims = "";
  private byte[] signature = {};

  @BeforeEach
  void open() {
    keys = InviteKeys.open(folder.resolve("keys.json"), clock);
    verifier = new InviteVerifier(keys::publicKeys, "demo", "vm-1", clock);
    String token =
        new InviteIssuer(keys, clock).issue("Ann", "lobby", FLEET, Duration.ofHours(1)).token();
    assertThat(verifier.verify(token)).isInstanceOf(Admitted.class);
    String[] parts = token.split("\\.", -1);
    head = new String(Base64Url.decode(parts[0]), StandardCharsets.UTF_8);
    claims = parts[1];
    signature = Base64Url.decode(parts[2]);
  }

  private static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String token) {
    assertThat(verifier.verify(token)).as(token).isNotInstanceOf(Admitted.class);
  }

  @Test
  void no_bit_of_the_signature_may_be_another() {
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(part(head) + "." + claims + "." + Base64Url.encode(flipped));
    }
  }

  @Test
  void a_signature_of_zeros_or_of_none_signs_nothing() {
    for (int length : new int[] {0, 1, 32, 63, 64, 65, 128}) {
      refused(part(head) + "." + claims + "." + Base64Url.encode(new byte[length]));
    }
    // The point at infinity as R, which careless checkers of Ed25519 take for any message.
    byte[] infinity = new byte[64];
    infinity[0] = 1;
    refused(part(head) + "." + claims + "." + Base64Url.encode(infinity));
  }

  @Test
  void no_other_algorithm_is_believed() throws GeneralSecurityException {
    String kid = keys.signing().publicKey().id();
    for (String algorithm : List.of("none", "None", "NONE", "HS256", "ES256", "RS256", "")) {
      String other = part("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}");
      refused(other + "." + claims + ".");
      refused(other + "." + claims + "." + Base64Url.encode(signature));
    }
    // The public key as the secret of a symmetric algorithm.
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys.publicKeys().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String symmetric = part("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}") + "." + claims;
    refused(
        symmetric
            + "."
            + Base64Url.encode(mac.doFinal(symmetric.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void no_key_that_a_token_brings_or_names_is_believed() {
    InviteKeys foreign = InviteKeys.open(folder.resolve("foreign.json"), clock);
    String theirs =
        new InviteIssuer(foreign, clock).issue("Eve", "lobby", FLEET, Duration.ofHours(1)).token();
    String[] parts = theirs.split("\\.", -1);
    String x = foreign.publicKeys().replaceFirst("(?s).*?\"x\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    assertThat(x).hasSize(43);
    String own = keys.signing().publicKey().id();
    String jwk = "\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}";
    List<String> heads = new ArrayList<>();
    heads.add("{\"alg\":\"EdDSA\",\"kid\":\"" + own + "\"}");
    heads.add("{\"alg\":\"EdDSA\"," + jwk.formatted(x) + ",\"kid\":\"" + own + "\"}");
    heads.add("{\"alg\":\"EdDSA\"," + jwk.formatted(x) + "}");
    for (String kid : List.of("../../etc/passwd", "' OR 1=1", "", "\\u0000")) {
      heads.add("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}");
    }
    heads.add("{\"alg\":\"EdDSA\",\"jku\":\"http://127.0.0.1/keys\",\"kid\":\"" + own + "\"}");
    heads.forEach(each -> refused(part(each) + "." + parts[1] + "." + parts[2]));
  }
}

package dev.podium.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

class Ed25519ProviderTest {
  /// RFC 8032, section 7.1, test 3.
  private static final String SEED =
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";

  private static final String POINT =
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
  private static final String MESSAGE = "af82";
  private static final String SIGNATURE =
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

  private final Ed25519KeyPair pair = Ed25519KeyPair.generate();

  @Test
  void this_computer_has_the_fast_one() {
    assertThat(Conscrypt.isConscrypt(Ed25519Provider.FASTEST)).isTrue();
  }

  @Test
  void both_sign_as_the_standard_says() throws Exception {
    byte[] seed = bytes("302e020100300506032b657004220420" + SEED);
    byte[] point = bytes("302a300506032b6570032100" + POINT);
    for (Provider provider : new Provider[] {Ed25519Provider.FASTEST, Ed25519Provider.ofJdk()}) {
      KeyFactory keys = KeyFactory.getInstance("Ed25519", provider);
      PrivateKey secret = keys.generatePrivate(new PKCS8EncodedKeySpec(seed));
      PublicKey shown = keys.generatePublic(new X509EncodedKeySpec(point));
      Signature signature = Signature.getInstance("Ed25519", provider);
      signature.initSign(secret);
      signature.update(bytes(MESSAGE));
      assertThat(signature.sign()).as(provider.getName()).isEqualTo(bytes(SIGNATURE));
      signature.initVerify(shown);
      signature.update(bytes(MESSAGE));
      assertThat(signature.verify(bytes(SIGNATURE))).as(provider.getName()).isTrue();
    }
  }

  @Test
  void what_one_signed_the_other_verifies() throws Exception {
    KeyFactory jdk = KeyFactory.getInstance("Ed25519", Ed25519Provider.ofJdk());
    PublicKey shown =
        jdk.generatePublic(new X509EncodedKeySpec(pair.publicKey().key().getEncoded()));
    Signature signature = Signature.getInstance("Ed25519", Ed25519Provider.ofJdk());
    signature.initVerify(shown);
    signature.update("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(pair.sign("hello"))).isTrue();
  }

  @Test
  void a_pair_that_was_kept_signs_as_before() {
    Ed25519KeyPair kept = Ed25519KeyPair.of(pair.publicKey().x(), pair.seed());
    assertThat(kept.sign("hello")).isEqualTo(pair.sign("hello"));
    assertThat(Ed25519PublicKey.parse(pair.publicKey().x()).verifies("hello", pair.sign("hello")))
        .isTrue();
  }

  @Test
  void nobodys_signature_is_refused_and_is_no_error() {
    byte[] signature = pair.sign("hello");
    assertThat(pair.publicKey().verifies("hello!", signature)).isFalse();
    assertThat(pair.publicKey().verifies("hello", new byte[64])).isFalse();
    assertThat(pair.publicKey().verifies("hello", new byte[3])).isFalse();
    assertThat(pair.publicKey().verifies("hello", new byte[0])).isFalse();
    signature[63] |= (byte) 0xe0;
    assertThat(pair.publicKey().verifies("hello", signature)).isFalse();
  }

  @Test
  void what_is_no_key_is_told_when_it_is_read() {
    assertThatThrownBy(() -> Ed25519PublicKey.parse("abcd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> Ed25519KeyPair.of(pair.publicKey().x(), "abcd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

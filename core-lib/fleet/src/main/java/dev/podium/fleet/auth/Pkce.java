package dev.podium.fleet.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The proof that whoever redeems a code is who asked for it (RFC 7636, method S256). A new one for
/// each sign-in.
///
/// @param verifier 86 characters of 64 random bytes; 43 to 128 are allowed
/// @param challenge its SHA-256
record Pkce(String verifier, String challenge) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static Pkce fresh() {
    String verifier = randomText(64);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return new Pkce(verifier, encode(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /// Random bytes, base64url.
  static String randomText(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return encode(random);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The verifier is a secret until it is used.
  @Override
  public String toString() {
    return "Pkce[" + challenge + "]";
  }
}

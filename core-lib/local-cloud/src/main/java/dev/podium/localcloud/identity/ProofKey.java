package dev.podium.localcloud.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/// Proof key for code exchange (RFC 7636): what the client committed to when it asked for consent.
///
/// @param challenge empty where the client does not use it
/// @param method `S256` or `plain`
record ProofKey(String challenge, String method) {
  /// Wider than RFC 7636 (43 to 128, no `=`): the verifier of Google's Java library has 172
  /// characters and ends in `==`.
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9\\-._~+/=]{43,256}");

  boolean isKnownMethod() {
    return method.equals("S256") || method.equals("plain");
  }

  boolean isUsed() {
    return !challenge.isEmpty();
  }

  boolean isProvedBy(String verifier) {
    if (!VERIFIER.matcher(verifier).matches()) {
      return false;
    }
    String proved = method.equals("plain") ? verifier : sha256(verifier);
    // Some clients pad the hash, some do not.
    return unpadded(proved).equals(unpadded(challenge));
  }

  private static String unpadded(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return text.substring(0, end);
  }

  private static String sha256(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}

package dev.podium.wire.identity;

import java.util.Base64;

/// Base64url without padding, as JWS writes bytes (RFC 7515, section 2).
public final class Base64Url {
  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @throws IllegalArgumentException if the text is not the one encoding of some bytes; a second
  ///   spelling of the same token would slip past whoever compares tokens
  public static byte[] decode(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }
}

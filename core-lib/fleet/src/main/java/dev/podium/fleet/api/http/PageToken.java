package dev.podium.fleet.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Where a list goes on: the last thing of the page before, in a form that only this API makes.
/// Holds a checksum, so that a token of another list, or one that was cut, is not taken for a
/// place.
public final class PageToken {
  private static final int CHECKSUM_BYTES = 6;

  private PageToken() {}

  /// @param list whose token it is, such as `instances`
  /// @param last key of the last thing on the page
  public static String of(String list, String last) {
    byte[] key = last.getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(checksum(list, key), CHECKSUM_BYTES + key.length);
    System.arraycopy(key, 0, token, CHECKSUM_BYTES, key.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// The key that [#of] was given.
  ///
  /// @throws RefusedRequest if it is no token of that list
  public static String read(String list, String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length > CHECKSUM_BYTES) {
        byte[] key = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
        if (Arrays.equals(checksum(list, key), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
          return new String(key, StandardCharsets.UTF_8);
        }
      }
    } catch (IllegalArgumentException malformed) {
      // As one of another list.
    }
    throw RequestBody.refused(
        "The pageToken is not one of this list's; take nextPageToken of the page before.");
  }

  private static byte[] checksum(String list, byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((list + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(key), CHECKSUM_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}

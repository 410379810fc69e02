package dev.podium.fleet.api.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The secrets of keys: `podium_` and 256 random bits. A key's id comes of its secret's hash, so
/// that whoever finds a secret can name the key without sending it.
public final class KeySecret {
  static final String PREFIX = "podium_";

  private static final int BYTES = 32;
  private static final int ID_DIGITS = 12;
  private static final Pattern ID = Pattern.compile("key-[0-9a-f]{" + ID_DIGITS + "}");

  private KeySecret() {}

  static String fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The id of the key with that secret, whether there is one or not.
  public static String idOf(String secret) {
    return id(hash(secret));
  }

  /// Whether a text has the form of a key's id.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Whether a text has the form of a secret.
  public static boolean isSecret(String text) {
    return text.startsWith(PREFIX);
  }

  static String id(String sha256) {
    return "key-" + sha256.substring(0, Math.min(ID_DIGITS, sha256.length()));
  }

  /// SHA-256, in hexadecimal digits.
  static String hash(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}

package dev.podium.agent.web;

import dev.podium.core.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A class's access code, of which the VM knows only a salted hash.
public final class AccessCode {
  private final byte[] salt;
  private final byte[] hash;

  private AccessCode(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /// Reads the metadata's form: `salt:hash`, both base64url without padding.
  ///
  /// @throws PodiumException.Invalid if it has another form
  public static AccessCode parse(String item) {
    String[] parts = item.strip().split(":", -1);
    try {
      if (parts.length == 2) {
        byte[] hash = Base64.getUrlDecoder().decode(parts[1]);
        if (hash.length == 32) {
          return new AccessCode(Base64.getUrlDecoder().decode(parts[0]), hash);
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, without the item itself: it is half a secret.
    }
    throw new PodiumException.Invalid(
        "The access code's metadata item can not be read",
        "it is not salt:hash in base64url",
        "Set the fleet's access code again in the console.");
  }

  /// Whether this is the code; takes the same time whatever is wrong with it.
  boolean matches(String code) {
    return MessageDigest.isEqual(hash, sha256(salt, code));
  }

  /// SHA-256 of some bytes and a text.
  static byte[] sha256(byte[] first, String then) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(then.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}

package dev.podium.wire.invite;

import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A class's access code, of which the VMs, the consoles and their files know only a salted hash.
///
/// @param item the metadata's form: `salt:hash`, both base64url without padding
public record AccessCode(String item) {
  /// A fleet's VMs refuse thousands of wrong codes a minute at most, so that six digits take hours.
  private static final int LEAST_CHARACTERS = 6;

  /// What a person still types; the page takes 128.
  private static final int MOST_CHARACTERS = 64;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /// @throws PodiumException.Invalid if the item has another form
  public AccessCode {
    if (!isItem(item)) {
      // Without the item itself: it is half a secret.
      throw new PodiumException.Invalid(
          "The access code's metadata item can not be read",
          "it is not salt:hash in base64url",
          "Set the fleet's access code again in the console.");
    }
  }

  /// Reads the metadata's form.
  ///
  /// @throws PodiumException.Invalid if it has another form
  public static AccessCode parse(String item) {
    return new AccessCode(item.strip());
  }

  /// A code as a person writes it, with a salt of its own.
  public static AccessCode of(String code) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new AccessCode(Base64Url.encode(salt) + ":" + Base64Url.encode(sha256(salt, code)));
  }

  /// Whether the text has the metadata's form, which nobody would choose for a code.
  public static boolean isItem(String text) {
    return parts(text).map(parts -> parts.get(1).length == HASH_BYTES).orElse(false);
  }

  /// What is wrong with a code that a person wrote, as a sentence; nothing if it is right. Spaces
  /// at its ends are no part of it: the page takes them away.
  public static Optional<String> fault(String code) {
    String stripped = code.strip();
    int characters = stripped.codePointCount(0, stripped.length());
    boolean right =
        characters >= LEAST_CHARACTERS
            && characters <= MOST_CHARACTERS
            && stripped.codePoints().noneMatch(Character::isISOControl);
    return right
        ? Optional.empty()
        : Optional.of(
            "From %d to %d characters; empty for no code."
                .formatted(LEAST_CHARACTERS, MOST_CHARACTERS));
  }

  /// Whether this is the code; takes the same time whatever is wrong with it.
  public boolean matches(String code) {
    List<byte[]> parts = parts(item).orElseThrow();
    return MessageDigest.isEqual(parts.get(1), sha256(parts.get(0), code));
  }

  /// Salt and hash.
  private static Optional<List<byte[]>> parts(String item) {
    String[] texts = item.split(":", -1);
    if (texts.length != 2) {
      return Optional.empty();
    }
    Base64.Decoder base64 = Base64.getUrlDecoder();
    try {
      return Optional.of(List.of(base64.decode(texts[0]), base64.decode(texts[1])));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// SHA-256 of some bytes and a text.
  public static byte[] sha256(byte[] first, String then) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(then.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /// Says nothing of it: a short code is soon guessed from its hash.
  @Override
  public String toString() {
    return "AccessCode";
  }
}

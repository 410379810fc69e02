package dev.podium.localcloud.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;

/// Fingerprints guard a read-modify-write against a change in between.
///
/// Each is the canonical base64 of eight whole bytes, in the alphabet for URLs and with its
/// padding. gcloud decodes and encodes them again: whatever is not in that form comes back as
/// another text.
public final class Fingerprint {
  private static final int BYTES = 8;

  /// Copied for each use: to ask the JDK for another costs more than the digest of a few labels.
  private static final MessageDigest SHA_256 = sha256();

  private Fingerprint() {}

  /// The fingerprint of a map; the same pairs give the same text.
  public static String of(Map<String, String> pairs) {
    MessageDigest digest = fresh();
    pairs.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(pair -> {
          add(digest, pair.getKey());
          add(digest, pair.getValue());
        });
    return text(digest);
  }

  /// The fingerprint of a list; the same texts in the same order give the same text.
  public static String of(Collection<String> texts) {
    MessageDigest digest = fresh();
    texts.forEach(text -> add(digest, text));
    return text(digest);
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static String text(MessageDigest digest) {
    byte[] head = java.util.Arrays.copyOf(digest.digest(), BYTES);
    return Base64.getUrlEncoder().encodeToString(head);
  }

  private static MessageDigest fresh() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("The JDK's SHA-256 can be copied", impossible);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}

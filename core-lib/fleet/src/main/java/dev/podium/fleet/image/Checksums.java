package dev.podium.fleet.image;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The checksums of bytes that pass by: SHA-256 for people and files beside an archive, CRC32C for
/// Cloud Storage.
final class Checksums {
  private final MessageDigest sha256;
  private final CRC32C crc32c = new CRC32C();

  Checksums() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it.
      throw new IllegalStateException(impossible);
    }
  }

  void add(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
    crc32c.update(bytes, 0, length);
  }

  /// In hexadecimal digits. Ends this.
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /// As Cloud Storage writes it: base64, the highest byte first.
  String crc32c() {
    return text(crc32c);
  }

  static String crc32c(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return text(sum);
  }

  private static String text(CRC32C sum) {
    byte[] four = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(four);
  }
}

package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;

/// What a client says of the bytes that it sends; empty where it says nothing.
///
/// @param md5 base64
/// @param crc32c base64
public record Checksums(String md5, String crc32c) {
  /// Nothing.
  public static final Checksums NONE = new Checksums("", "");

  /// @throws Refusal 400 if other bytes came
  public void check(Content content) {
    if (!md5.isEmpty() && !md5.equals(content.md5())) {
      throw mismatch("MD5 hash", md5, content.md5());
    }
    if (!crc32c.isEmpty() && !crc32c.equals(content.crc32c())) {
      throw mismatch("CRC32C", crc32c, content.crc32c());
    }
  }

  private static Refusal mismatch(String what, String said, String found) {
    return Refusal.invalid(
        "Provided "
            + what
            + " \""
            + said
            + "\" doesn't match calculated "
            + what
            + " \""
            + found
            + "\".");
  }
}

package dev.podium.localcloud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Small archives of disks, as `tar --format=oldgnu -Sz` makes them.
final class DiskArchives {
  private DiskArchives() {}

  /// A disk of ten GiB that is one hole.
  static byte[] good() {
    return packed(header("disk.raw", "ustar  ", 10L << 30));
  }

  static byte[] named(String file) {
    return packed(header(file, "ustar  ", 1L << 30));
  }

  static byte[] ofPosix() {
    return packed(header("disk.raw", "ustar", 1L << 30));
  }

  static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(all)) {
      zip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return all.toByteArray();
  }

  private static byte[] header(String name, String magic, long bytes) {
    byte[] header = new byte[2_048];
    put(header, 0, name);
    put(header, 124, "00000000000");
    header[156] = 'S';
    put(header, 257, magic);
    put(header, 483, String.format("%011o", bytes % (1L << 33)));
    if (bytes >= 1L << 33) {
      header[483] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[487 + i] = (byte) (bytes >>> (56 - 8 * i));
      }
      header[484] = 0;
      header[485] = 0;
      header[486] = 0;
    }
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

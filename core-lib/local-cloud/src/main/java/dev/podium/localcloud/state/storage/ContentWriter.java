package dev.podium.localcloud.state.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/// Writes an object's bytes as they come, and knows their checksums in the end. Not for more than
/// one thread at a time.
public final class ContentWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final OutputStream out;
  private final MessageDigest md5;
  private final CRC32C crc32c = new CRC32C();
  private long size;

  ContentWriter(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file);
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has MD5", impossible);
    }
  }

  /// Appends all that comes. What was read before the stream failed stays.
  ///
  /// @param skip bytes at the beginning of the stream that are here already
  /// @throws IOException if the stream fails, or the disk is full
  public void append(InputStream bytes, long skip) throws IOException {
    passOver(bytes, skip);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
      out.write(buffer, 0, read);
      md5.update(buffer, 0, read);
      crc32c.update(buffer, 0, read);
      size += read;
    }
  }

  private static void passOver(InputStream bytes, long count) throws IOException {
    long left = count;
    while (left > 0) {
      long passed = bytes.skip(left);
      if (passed == 0 && bytes.read() < 0) {
        return;
      }
      left -= passed == 0 ? 1 : passed;
    }
  }

  /// How many bytes there are.
  public long size() {
    return size;
  }

  /// All is written.
  Content finish() throws IOException {
    out.close();
    byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c.getValue()).array();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Content(file, size, base64.encodeToString(md5.digest()), base64.encodeToString(sum));
  }

  /// It is not wanted any more.
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}

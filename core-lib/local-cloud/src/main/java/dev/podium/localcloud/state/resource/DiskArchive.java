package dev.podium.localcloud.state.resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A disk as Compute Engine imports it: a gzipped tar archive of the GNU kind, whose one file is
/// called `disk.raw`. Its first header is read, and nothing of what the disk holds.
///
/// Source: Google's page "Manually import boot disks", and the refusals that people report of it.
///
/// @param diskBytes the disk's size once it is unpacked, its holes included
public record DiskArchive(long diskBytes) {
  private static final int HEADER = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int REAL_SIZE = 483;
  private static final int NUMBER = 12;

  /// Why an archive is no disk, in Compute Engine's words.
  public static final class NoDisk extends Exception {
    private static final long serialVersionUID = 1L;

    NoDisk(String sentence) {
      super(sentence);
    }

    /// The sentence for people.
    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /// Looks into a file.
  ///
  /// @throws NoDisk if it is not such an archive
  public static DiskArchive read(Path file) throws NoDisk {
    byte[] header;
    try (InputStream packed = Files.newInputStream(file);
        InputStream tar = new GZIPInputStream(packed)) {
      header = tar.readNBytes(HEADER);
    } catch (IOException broken) {
      throw new NoDisk("The tar archive is not a valid image.");
    }
    if (header.length < HEADER) {
      throw new NoDisk("The tar archive is not a valid image.");
    }
    String magic = text(header, MAGIC, 8);
    if (!magic.startsWith("ustar ")) {
      throw new NoDisk(
          magic.startsWith("ustar")
              ? "The tar archive format is not supported. Supported formats are: GNU and OLDGNU."
              : "The tar archive is not a valid image.");
    }
    String name = text(header, 0, NAME);
    if (!name.equals("disk.raw")) {
      throw new NoDisk(
          "The file inside the tar archive was named ''"
              + name
              + "''. It should be named ''disk.raw''.");
    }
    // Of a file with holes, its own size is another number.
    int at = header[TYPE] == 'S' ? REAL_SIZE : SIZE;
    return new DiskArchive(
        number(header, at).orElseThrow(() -> new NoDisk("The tar archive is not a valid image.")));
  }

  private static String text(byte[] header, int start, int longest) {
    int end = start;
    while (end < start + longest && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /// Octal digits, or binary for what has more than eleven of them.
  private static Optional<Long> number(byte[] header, int start) {
    if (header[start] < 0) {
      return Optional.of(ByteBuffer.wrap(header).getLong(start + NUMBER - Long.BYTES));
    }
    String digits = text(header, start, NUMBER).strip();
    return digits.matches("[0-7]{1,12}")
        ? Optional.of(Long.parseLong(digits, 8))
        : Optional.empty();
  }
}

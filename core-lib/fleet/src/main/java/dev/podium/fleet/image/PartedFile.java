package dev.podium.fleet.image;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file to send in parts. It is read once when it is opened, and again part by part when it is
/// sent; both must be the same bytes.
///
/// @param size in bytes
/// @param sha256 in hexadecimal digits
/// @param crc32c in base64
/// @param parts their checksums, in order; each has [#partSize] bytes, the last what is left
public record PartedFile(Path path, long size, String sha256, String crc32c, List<String> parts) {
  /// As many as Cloud Storage puts together at once.
  private static final int MOST_PARTS = 32;

  private static final int LEAST_PART = 8 << 20;
  private static final long MOST_BYTES = 16L << 30;
  private static final String WHAT = "The image cannot be published";

  public PartedFile {
    parts = List.copyOf(parts);
  }

  /// Reads it. Blocks for about a second.
  ///
  /// @throws PodiumException if it cannot be read, or is larger than 16 GiB
  public static PartedFile open(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new PodiumException.Invalid(
            WHAT, "'" + file.getFileName() + "' is larger than 16 GiB", "Take a smaller disk.");
      }
      byte[] part = new byte[partSize(size)];
      Checksums whole = new Checksums();
      List<String> sums = new ArrayList<>();
      try (InputStream bytes = Files.newInputStream(file)) {
        for (int length = bytes.readNBytes(part, 0, part.length);
            length > 0;
            length = bytes.readNBytes(part, 0, part.length)) {
          whole.add(part, length);
          sums.add(Checksums.crc32c(part, length));
        }
      }
      return new PartedFile(file, size, whole.sha256(), whole.crc32c(), sums);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  private static PodiumException unreadable(Path file, IOException failure) {
    return new PodiumException.NotPermitted(
        WHAT,
        "'" + file.getFileName() + "' cannot be read",
        "See that it is whole and belongs to you.",
        failure);
  }

  /// Without its folder.
  public String name() {
    return path.getFileName().toString();
  }

  /// In bytes: a whole number of MiB, so large that there are 32 parts at most.
  public int partSize() {
    return partSize(size);
  }

  private static int partSize(long size) {
    long mebibytes = ((size / MOST_PARTS) >> 20) + 1;
    return (int) Math.max(LEAST_PART, mebibytes << 20);
  }

  /// Reads one part.
  ///
  /// @param part counted from 0
  /// @return how many bytes it has
  /// @throws PodiumException.Conflict if the file is not what it was when it was opened
  public int read(int part, byte[] into) {
    try (FileChannel channel = FileChannel.open(path)) {
      channel.position((long) part * partSize());
      int length = Channels.newInputStream(channel).readNBytes(into, 0, partSize());
      if (!Checksums.crc32c(into, length).equals(parts.get(part))) {
        throw new PodiumException.Conflict(
            WHAT,
            "'" + name() + "' changed while it was sent",
            "Wait until it is whole, then publish it again.",
            null);
      }
      return length;
    } catch (IOException unreadable) {
      throw unreadable(path, unreadable);
    }
  }
}

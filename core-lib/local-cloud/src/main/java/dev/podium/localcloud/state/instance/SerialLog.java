package dev.podium.localcloud.state.instance;

import java.nio.charset.StandardCharsets;

/// What a machine wrote to its first serial port: the last megabyte, by position from its very
/// first byte. Any thread may call.
public final class SerialLog {
  /// Compute Engine keeps 1 MB.
  private static final int KEPT = 1 << 20;

  private byte[] ring = new byte[1 << 12];
  private long written;

  /// A stretch of the log.
  ///
  /// @param contents bytes that are not UTF-8 appear as replacement characters
  /// @param start position of the first byte
  /// @param next position after the last byte: where to carry on
  public record Stretch(String contents, long start, long next) {}

  /// Appends `length` bytes.
  public synchronized void write(byte[] bytes, int length) {
    grow(length);
    for (int i = Math.max(0, length - ring.length); i < length; i++) {
      ring[(int) ((written + i) % ring.length)] = bytes[i];
    }
    written += length;
  }

  /// Appends a line of the cloud's own.
  public void note(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  /// Reads from a position to the end.
  ///
  /// @param start position; negative counts from the end; one that is gone reads from the oldest
  ///   that is kept
  public synchronized Stretch read(long start) {
    long oldest = Math.max(0, written - ring.length);
    long wanted = start < 0 ? written + start : start;
    long from = Math.min(Math.max(wanted, oldest), written);
    byte[] bytes = new byte[(int) (written - from)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ring[(int) ((from + i) % ring.length)];
    }
    return new Stretch(new String(bytes, StandardCharsets.UTF_8), from, written);
  }

  /// Doubles the ring while it has not wrapped, so that a quiet machine costs little.
  private void grow(int more) {
    int size = ring.length;
    while (size < KEPT && written + more > size) {
      size <<= 1;
    }
    if (size != ring.length) {
      // Before the ring has its full size it has never wrapped, so positions are indices.
      ring = java.util.Arrays.copyOf(ring, size);
    }
  }
}

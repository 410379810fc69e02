package dev.podium.agent.bench;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// From the saying of a message to each of its deliveries. Messages carry their number as `#7#`.
final class Latencies {
  private long[] saidAt = new long[1024];
  private int[] micros = new int[1 << 16];
  private int count;
  private int first = -1;

  void said(int message) {
    first = first < 0 ? message : first;
    if (message - first >= saidAt.length) {
      saidAt = Arrays.copyOf(saidAt, 2 * saidAt.length);
    }
    saidAt[message - first] = System.nanoTime();
  }

  void heard(ByteBuf frame) {
    int at = frame.indexOf(frame.readerIndex(), frame.writerIndex(), (byte) '#') + 1;
    int message = 0;
    for (byte digit = frame.getByte(at); digit != '#'; digit = frame.getByte(++at)) {
      message = 10 * message + digit - '0';
    }
    if (first < 0 || message < first) {
      return;
    }
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = (int) ((System.nanoTime() - saidAt[message - first]) / 1_000);
  }

  /// In milliseconds.
  ///
  /// @param share such as 0.99
  double quantile(double share) {
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return count == 0
        ? Double.NaN
        : sorted[(int) Math.min(count - 1L, (long) (count * share))] / 1e3;
  }

  int count() {
    return count;
  }
}

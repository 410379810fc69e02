package dev.podium.localcloud.machine;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.SequencedSet;

/// Hands out the ports on which machines serve. Any thread may call.
///
/// They come from below the range that systems take for outgoing connections: 32768 on Linux, 49152
/// elsewhere. So none is lost between here and the machine's own bind.
final class ChatPorts {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int KEPT = 6_000;

  private final Random random = new Random();

  /// In the order in which they were handed out. A port of long ago has been bound by its machine,
  /// or that machine is gone, so it is forgotten. Else a cloud that creates and destroys for weeks
  /// would run out.
  private final SequencedSet<Integer> taken = new LinkedHashSet<>();

  /// A port that is free now and is none of the last 6,000 that were handed out.
  synchronized int next() {
    for (int attempt = 0; attempt < LAST - FIRST; attempt++) {
      int port = random.nextInt(FIRST, LAST);
      if (!taken.contains(port) && FreePorts.isFree(port)) {
        taken.add(port);
        if (taken.size() > KEPT) {
          taken.removeFirst();
        }
        return port;
      }
    }
    throw new IllegalStateException(
        "No port between " + FIRST + " and " + LAST + " is free for another machine.");
  }
}

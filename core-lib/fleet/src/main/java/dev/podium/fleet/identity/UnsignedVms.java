package dev.podium.fleet.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which VMs were made to sign what they say, and never did: their image is of a release before
/// signatures, whoever made them. A VM that shows a signature of any key is none of them, so that
/// nobody makes one of it who cannot keep it silent. May be used from any thread.
final class UnsignedVms {
  /// As long as a VM may take to boot, and to show its key.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Map<String, Words> words =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Words> eldest) {
          return size() > MOST;
        }
      };

  /// @param since when its first unsigned word came, monotonic nanoseconds
  /// @param signed whether a signed one came
  private record Words(long since, boolean signed) {}

  /// An unsigned heartbeat of the VM came.
  ///
  /// @return whether it has said nothing else for so long that it never will
  synchronized boolean neverSigns(String vmId, long nowNanos) {
    Words said = words.computeIfAbsent(vmId, _ -> new Words(nowNanos, false));
    return !said.signed && nowNanos - said.since >= PATIENCE.toNanos();
  }

  /// Something came with a signature in the VM's name.
  synchronized void signs(String vmId) {
    words.put(vmId, new Words(0, true));
  }
}

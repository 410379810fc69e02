package dev.podium.localcloud.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Waits until processes that were told to stop have stopped. The signal is only queued when `kill`
/// returns, and on a busy computer a thread may still answer somebody meanwhile.
final class StoppedProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 1;

  private StoppedProcesses() {}

  /// Returns at once where the system does not tell the state of a process.
  ///
  /// @throws InterruptedException if the thread is interrupted
  static void await(List<Long> pids) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (long pid : pids) {
      while (runs(pid) && System.nanoTime() - end < 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /// By proc(5): the state is the letter behind the name in brackets, which may hold brackets too.
  private static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && "TtZX".indexOf(stat.charAt(state)) < 0;
    } catch (IOException gone) {
      return false;
    }
  }
}

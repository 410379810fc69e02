package dev.podium.localcloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what a server's stop is about: that its port is free.
///
/// The stop of an Armeria server goes on for two seconds after that, in which Netty's idle threads
/// wait for work that cannot come; nobody has to wait with them.
final class FreePorts {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private FreePorts() {}

  /// Stops a server beside this thread and returns when its port is free.
  static void release(int port, Runnable stop) {
    Thread.ofVirtual().name("stop-" + port).start(stop);
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!free(port) && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}

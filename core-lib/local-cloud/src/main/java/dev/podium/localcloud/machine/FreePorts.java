package dev.podium.localcloud.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Which ports of the loopback are free, and waiting for what a server's stop is about: that its
/// port is free again.
///
/// The stop of an Armeria server goes on for two seconds after that, in which Netty's idle threads
/// wait for work that cannot come; nobody has to wait with them.
public final class FreePorts {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private FreePorts() {}

  /// Stops a server beside this thread and returns when its port is free.
  public static void release(int port, Runnable stop) {
    Thread.ofVirtual().name("stop-" + port).start(stop);
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!isFree(port) && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Whether nobody has that port of the loopback at this moment.
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}

package dev.podium.desktop;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// One window a user: the first start holds a lock that ends with its process, however that ends; a
/// second start knocks at the first, which comes to the front.
final class SingleConsole implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;
  private final ServerSocket door;
  private final Path port;

  private SingleConsole(FileChannel channel, FileLock lock, ServerSocket door, Path port) {
    this.channel = channel;
    this.lock = lock;
    this.door = door;
    this.port = port;
  }

  /// @param folder where the lock is kept
  /// @return nothing if another console has it; that one was told
  /// @throws PodiumException.NotPermitted if the folder cannot be used
  static Optional<SingleConsole> claim(Path folder) {
    Path port = folder.resolve("console.port");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("console.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        knock(port);
        return Optional.empty();
      }
      ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      Files.writeString(port, Integer.toString(door.getLocalPort()));
      return Optional.of(new SingleConsole(channel, lock, door, port));
    } catch (IOException failure) {
      throw new PodiumException.NotPermitted(
          "The console cannot use the folder " + folder,
          String.valueOf(failure.getMessage()),
          "See that it belongs to you, or name another in PODIUM_HOME.",
          failure);
    }
  }

  /// Calls `toFront` on a thread of its own whenever another start knocks, until closed. A knock
  /// carries nothing, so it can do no harm, whoever it is from.
  void onKnock(Runnable toFront) {
    Thread.ofVirtual()
        .name("console-door")
        .start(() -> {
          while (!door.isClosed()) {
            answer(toFront);
          }
        });
  }

  private void answer(Runnable toFront) {
    try {
      door.accept().close();
      toFront.run();
    } catch (IOException closed) {
      // Either the door was closed, which ends the loop, or a visitor left early.
    }
  }

  private static void knock(Path port) {
    try {
      int number = Integer.parseInt(Files.readString(port).strip());
      new Socket(InetAddress.getLoopbackAddress(), number).close();
    } catch (IOException | NumberFormatException unanswered) {
      // The other console is about to open or to close: it needs no telling.
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(port);
    door.close();
    lock.release();
    channel.close();
  }
}

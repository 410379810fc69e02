package dev.podium.agent.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that outlast this start of the agent, which its user alone may read. Where there is no
/// folder nothing is kept. A file that cannot be read or written is told in the log and stops
/// nothing. May be used from any thread.
public final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  /// A roster of 10,000 VMs is 1.7 MB.
  private static final int LONGEST_BYTES = 8 << 20;

  private final Optional<Path> folder;

  private StateFolder(Optional<Path> folder) {
    this.folder = folder;
  }

  /// Keeps nothing.
  public static StateFolder none() {
    return new StateFolder(Optional.empty());
  }

  public static StateFolder at(Path folder) {
    return new StateFolder(Optional.of(folder));
  }

  /// The folder that systemd made for the service (systemd.exec(5), `StateDirectory=`), if it did.
  ///
  /// @param environment of this process
  public static StateFolder ofService(Map<String, String> environment) {
    String folders = environment.getOrDefault("STATE_DIRECTORY", "");
    return folders.isEmpty() ? none() : at(Path.of(folders.split(":", 2)[0]));
  }

  /// @return empty if there is no such file, or it cannot be read
  Optional<String> read(String name) {
    Path file = folder.map(parent -> parent.resolve(name)).orElse(null);
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(LONGEST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      LOG.warn("The kept file {} cannot be read: {}", name, unreadable.toString());
      return Optional.empty();
    }
  }

  /// Writes the file, whole or not at all.
  synchronized void write(String name, String text) {
    folder.ifPresent(parent -> {
      Path next = parent.resolve(name + ".new");
      try {
        Files.deleteIfExists(next);
        writeAndSync(next, text.getBytes(StandardCharsets.UTF_8));
        Files.move(
            next,
            parent.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | UnsupportedOperationException unwritable) {
        LOG.warn("The file {} cannot be kept: {}", name, unwritable.toString());
      }
    });
  }

  private static void writeAndSync(Path file, byte[] bytes) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }
}

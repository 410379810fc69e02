package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A small UTF-8 text file that its owner alone may read and write (mode 0600; on Windows the
/// user's own folder protects it). A write is all or nothing: whoever reads, even after a power
/// cut, sees the old text or the new one.
public final class PrivateFile {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Object TURN = new Object();

  private final Path path;

  public PrivateFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  public Path path() {
    return path;
  }

  /// The text, or nothing if there is no such file.
  ///
  /// @throws PodiumException.NotPermitted if it is there and cannot be read
  public Optional<String> read() {
    try {
      String text = Files.readString(path);
      // Whoever copied it here may have left it open to others.
      if (POSIX) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      return Optional.of(text);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PodiumException.NotPermitted(
          "The file '" + path + "' cannot be read",
          DiskFailure.why(e),
          "See that it belongs to you, or delete it.",
          e);
    }
  }

  /// Replaces the text; makes the folders that lead to it.
  ///
  /// @throws PodiumException.Unavailable if its disk is full; the old text is still there
  /// @throws PodiumException.NotPermitted if it cannot be written for another reason, likewise
  public void write(String text) {
    try {
      Path folder = Objects.requireNonNull(path.getParent(), "a file has a folder");
      createFolders(folder);
      Path fresh =
          Files.createTempFile(folder, path.getFileName() + ".", ".new", ownerOnly("rw-------"));
      try {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        replace(fresh);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw DiskFailure.unwritten(path, e);
    }
  }

  /// Does work on the file while no other process and no other thread does. What was read is still
  /// so when it is written. The lock is a file beside it, because a write replaces this one.
  ///
  /// @throws PodiumException.NotPermitted if the lock cannot be had
  public <T> T alone(Supplier<T> work) {
    // The system's lock is one of the whole process.
    synchronized (TURN) {
      Path lock = path.resolveSibling(path.getFileName() + ".lock");
      try {
        createFolders(Objects.requireNonNull(path.getParent(), "a file has a folder"));
        try (FileChannel channel =
                FileChannel.open(
                    lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    ownerOnly("rw-------"));
            FileLock _ = channel.lock()) {
          return work.get();
        }
      } catch (IOException e) {
        if (DiskFailure.isFull(lock, e)) {
          throw DiskFailure.unwritten(path, e);
        }
        throw new PodiumException.NotPermitted(
            "The file '" + lock + "' cannot be locked",
            DiskFailure.why(e),
            "See that its folder belongs to you and is on a disk that knows locks.",
            e);
      }
    }
  }

  /// Deletes it; one that is not there is success.
  ///
  /// @throws PodiumException.NotPermitted if it is still there afterwards
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new PodiumException.NotPermitted(
          "The file '" + path + "' cannot be deleted", DiskFailure.why(e), "Delete it by hand.", e);
    }
  }

  /// Gives the file another name, so that it is not lost where its text cannot be used.
  ///
  /// @return where the text is now; the old name if it could not be changed
  public Path putAside() {
    Path kept = path.resolveSibling(path.getFileName() + ".unreadable");
    try {
      return Files.move(path, kept, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return path;
    }
  }

  private void replace(Path fresh) throws IOException {
    try {
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              Set.copyOf(PosixFilePermissions.fromString(permissions)))
        }
        : new FileAttribute<?>[0];
  }
}

package dev.podium.localcloud.state.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Where the bytes lie: a temporary folder, which is made for the first of them. Safe for use from
/// any thread.
public final class ContentFolder implements AutoCloseable {
  private final Callable<Path> make;
  private final Consumer<Path> remove;
  private final AtomicLong files = new AtomicLong();
  private Optional<Path> folder = Optional.empty();

  /// @param make the folder
  /// @param remove it, with all that is in it
  public ContentFolder(Callable<Path> make, Consumer<Path> remove) {
    this.make = make;
    this.remove = remove;
  }

  /// Begins an object's bytes.
  ///
  /// @throws IOException if the folder cannot be written to
  public ContentWriter begin() throws IOException {
    return new ContentWriter(path().resolve("object-" + files.incrementAndGet()));
  }

  private synchronized Path path() throws IOException {
    if (folder.isEmpty()) {
      try {
        folder = Optional.of(make.call());
      } catch (IOException | RuntimeException fault) {
        throw fault;
      } catch (Exception fault) {
        throw new IOException(fault);
      }
    }
    return folder.get();
  }

  /// Nobody has these bytes any more. Who still reads them reads to the end, where the system lets
  /// files be removed under a reader.
  void discard(Content content) {
    try {
      Files.deleteIfExists(content.file());
    } catch (IOException inUse) {
      // It goes with the folder.
    }
  }

  @Override
  public synchronized void close() {
    folder.ifPresent(remove);
    folder = Optional.empty();
  }
}

package dev.podium.localcloud.machine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The temporary folder of one cloud, in which its machines work.
///
/// Its name tells whose it is: `podium-cloud-<pid>-<start>-<random>`. So a later cloud can
/// recognise and remove what a dead one left, without a file that would first have to be written.
public final class CloudFolder {
  private static final System.Logger LOG = System.getLogger(CloudFolder.class.getName());
  private static final String PREFIX = "podium-cloud-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-([0-9]{1,18})-.*");

  private CloudFolder() {}

  /// Removes what dead clouds left and makes a new folder for this one.
  ///
  /// @param parent usually the system's temporary folder
  public static Path create(Path parent) throws IOException {
    sweep(parent);
    ProcessHandle self = ProcessHandle.current();
    return Files.createTempDirectory(parent, PREFIX + self.pid() + "-" + started(self) + "-");
  }

  private static void sweep(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      for (Path entry : entries.filter(CloudFolder::abandoned).toList()) {
        remove(entry);
      }
    }
  }

  private static boolean abandoned(Path entry) {
    Matcher name = NAME.matcher(entry.getFileName().toString());
    if (!name.matches() || !Files.isDirectory(entry)) {
      return false;
    }
    Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.group(1)));
    long start = Long.parseLong(name.group(2));
    return owner.filter(process -> started(process) == start).isEmpty();
  }

  /// Distinguishes the owner from a later process with its number; 0 where the system does not say.
  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /// Removes a folder with all that is in it. What cannot be removed is left to the next sweep.
  public static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException gone) {
      // The reaper or another cloud was faster.
    } catch (IOException fault) {
      LOG.log(System.Logger.Level.WARNING, "Could not remove {0}: {1}", folder, fault.getMessage());
    }
  }
}

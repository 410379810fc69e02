package dev.podium.desktop.program;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The consoles and servers of this user that run now: one small file each, which its server
/// removes at its end. A file whose process is no more is ignored and cleared away.
///
/// @param folder where the files are
public record RunningServers(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Tells other commands of this server, until the handle is closed.
  ///
  /// @throws UncheckedIOException if the file cannot be written
  public AutoCloseable announce(Programs.Served served) {
    ProcessHandle self = ProcessHandle.current();
    Path file = folder.resolve(self.pid() + ".json");
    Entry entry =
        new Entry(
            served.api().toString(),
            keyFile(served.apiKeyFile()),
            served.profile(),
            self.pid(),
            startOf(self),
            Instant.now().toString());
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "draft", null);
      Files.write(draft, JSON.writeValueAsBytes(entry));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return () -> Files.deleteIfExists(file);
  }

  /// The server that was started last, if one runs.
  public Optional<Entry> newest() {
    return newest(Optional.empty());
  }

  /// The one that was started last for that profile, if one runs; for any if none is named.
  public Optional<Entry> newest(Optional<String> profile) {
    return list().stream()
        .filter(entry -> profile.isEmpty() || entry.profile().equals(profile.get()))
        .max(Comparator.comparing(Entry::since));
  }

  /// All that run now.
  public List<Entry> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<Entry> read(Path file) {
    try {
      Entry entry = JSON.readValue(file.toFile(), Entry.class);
      if (entry.alive()) {
        return Optional.of(entry);
      }
      Files.deleteIfExists(file);
      return Optional.empty();
    } catch (IOException unreadable) {
      // Another release's file, or one that vanished while it was read: no server we can talk to.
      return Optional.empty();
    }
  }

  // A local cloud has no key; an empty path made absolute would be the current folder.
  private static String keyFile(Path file) {
    return file.toString().isEmpty() ? "" : file.toAbsolutePath().toString();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /// @param api base of the REST API, with a slash at its end
  /// @param apiKeyFile where its key is; empty, and not in the file, where it has none
  /// @param processStart tells a process from another one that got its number later
  /// @param since when it began to serve, RFC 3339
  public record Entry(
      String api,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String apiKeyFile,
      String profile,
      long pid,
      String processStart,
      String since) {
    @SuppressWarnings("NullAway") // Jackson passes null for what the file does not hold.
    public Entry {
      apiKeyFile = Objects.requireNonNullElse(apiKeyFile, "");
    }

    boolean alive() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> startOf(process).equals(processStart))
          .isPresent();
    }
  }
}

package dev.podium.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a module's `src/bench/npm` holds (scripts, `package.json` and its lock file), installed
/// below `target` with the packages that the lock file names.
public final class NodePeers {
  private static final Path SOURCES = Path.of("src", "bench", "npm");
  private static final Path FOLDER = Path.of("target", "bench-npm");

  private NodePeers() {}

  /// The outcome.
  public sealed interface Found {
    /// @param folder in which `node script.mjs` runs
    record Installed(Path folder) implements Found {}

    /// @param why in words that go behind "because"
    record Missing(String why) implements Found {}
  }

  /// Installs what is not installed yet; takes seconds the first time.
  public static Found install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path marker = FOLDER.resolve("installed.json");
    Path lock = SOURCES.resolve("package-lock.json");
    boolean installed = Files.exists(marker) && Files.mismatch(marker, lock) < 0;
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Path copy = FOLDER.resolve(source.getFileName());
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!installed) {
      int exit;
      try {
        // No package here needs a script of its own to work, so none gets to run one.
        exit = run("npm", "ci", "--ignore-scripts", "--prefer-offline");
      } catch (IOException missing) {
        return new Found.Missing("npm is not installed (packages nodejs and npm)");
      }
      if (exit != 0) {
        return new Found.Missing("npm could not fetch it, see " + FOLDER.resolve("npm.log"));
      }
      Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Found.Installed(FOLDER);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(new ArrayList<>(List.of(command)))
        .directory(FOLDER.toFile())
        .redirectErrorStream(true)
        .redirectOutput(FOLDER.resolve("npm.log").toFile())
        .start()
        .waitFor();
  }
}

package dev.podium.localcloud.conformance.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A folder below `target` in which the scripts and the packages they need are installed.
final class NodeScripts {

  private static final Path SOURCES = Path.of("src", "test", "npm");
  private static final Path FOLDER = Path.of("target", "npm");
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private record Outcome(int exit, String output) {}

  private NodeScripts() {}

  /// Installs what the lock file names, unless it already is. Where that cannot be done the calling
  /// test is skipped with the reason, or fails if `-Dpodium.npm.required=true` was given.
  static void install() throws IOException {
    Files.createDirectories(FOLDER);
    boolean fresh = sameLock();
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (fresh) {
      return;
    }
    // No package here needs a script of its own to work, so none gets to run one.
    List<String> install = List.of("npm", "ci", "--ignore-scripts", "--prefer-offline");
    Optional<Outcome> outcome = run(install, Map.of(), INSTALL_LIMIT);
    if (outcome.isEmpty()) {
      unavailable("npm is not installed: install the packages nodejs and npm to run this test");
    } else if (outcome.get().exit() != 0) {
      unavailable("npm could not fetch Google's Node clients: " + outcome.get().output());
    }
    Files.copy(
        FOLDER.resolve("package-lock.json"),
        FOLDER.resolve("installed.json"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Runs a script to its end.
  ///
  /// @return the names of the steps that it did
  static List<String> run(String script, Map<String, String> environment) {
    Outcome outcome =
        run(List.of("node", script), environment, RUN_LIMIT)
            .orElseThrow(() -> new AssertionError("node is not installed, though npm is"));
    if (outcome.exit() != 0) {
      throw new AssertionError(script + " ended with " + outcome.exit() + ":\n" + outcome.output());
    }
    return outcome
        .output()
        .lines()
        .filter(line -> line.startsWith("ok - "))
        .map(line -> line.replaceAll("^ok - | \\(\\d+ ms\\)$", ""))
        .toList();
  }

  private static boolean sameLock() throws IOException {
    Path installed = FOLDER.resolve("installed.json");
    return Files.exists(installed)
        && Files.mismatch(installed, SOURCES.resolve("package-lock.json")) < 0;
  }

  private static void unavailable(String reason) {
    if (Boolean.getBoolean("podium.npm.required")) {
      throw new AssertionError(reason);
    }
    Assumptions.abort(reason);
  }

  /// @return empty where the program is not installed
  private static Optional<Outcome> run(
      List<String> command, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve(command.getLast() + ".log").toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      return Optional.empty();
    }
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of(new Outcome(-1, "not done within " + limit + "\n" + log(command)));
      }
      return Optional.of(new Outcome(process.exitValue(), log(command)));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String log(List<String> command) {
    try {
      return Files.readString(FOLDER.resolve(command.getLast() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.podium.desktop.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A running `podium` with folders of its own, and what it printed.
final class PodiumProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  // A loaded machine with two cores starts a JVM and its clients in far more than the usual 3 s.
  private static final Duration START = Duration.ofSeconds(90);

  /// What a program that lives for seconds runs best with; nothing where its speed is measured.
  private static final String JVM = System.getProperty("podium.e2e.jvm", "");

  private final Path home;
  private final Process process;
  private final JsonNode ready;

  private PodiumProcess(Path home, Process process, JsonNode ready) {
    this.home = home;
    this.process = process;
    this.ready = ready;
  }

  /// Starts a command with `--json-ready` and waits for its line.
  static PodiumProcess ready(String... arguments) {
    return ready(Map.of(), arguments);
  }

  /// The same with more in its environment.
  static PodiumProcess ready(Map<String, String> environment, String... arguments) {
    try {
      Path home = Files.createTempDirectory("podium-e2e");
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--json-ready");
      Files.createDirectories(home.resolve("tmp"));
      ProcessBuilder command = command(home, all);
      command.environment().putAll(environment);
      Process process = command.redirectError(home.resolve("stderr.log").toFile()).start();
      return new PodiumProcess(home, process, JSON.readTree(firstLine(home, process)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Runs a command of the same user to its end.
  Finished run(String... arguments) {
    return run(home, arguments);
  }

  static Finished run(Path home, String... arguments) {
    try {
      Process command = command(home, List.of(arguments)).start();
      command.outputWriter(StandardCharsets.UTF_8).close();
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> text(command.getErrorStream()));
      String output = text(command.getInputStream());
      int code = command.waitFor();
      return new Finished(code, output, errors.join());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  /// Starts a command and leaves it to the caller.
  static Process start(Path home, Path errorLog, String... arguments) throws IOException {
    return command(home, List.of(arguments)).redirectError(errorLog.toFile()).start();
  }

  private static ProcessBuilder command(Path home, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("target/podium/bin/podium").toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PODIUM_HOME", home.toString());
    // Whatever it leaves in its temporary folder is seen.
    String temporary = "-Djava.io.tmpdir=" + home.resolve("tmp") + " -XX:-UsePerfData ";
    builder.environment().put("PODIUM_JAVA_OPTS", temporary + JVM);
    // Credentials that this computer may have are none of the test's.
    builder.environment().put("NO_GCE_CHECK", "true");
    builder.environment().put("CLOUDSDK_CONFIG", home.resolve("gcloud").toString());
    builder.environment().remove("GOOGLE_APPLICATION_CREDENTIALS");
    builder.environment().remove("DISPLAY");
    builder.environment().remove("WAYLAND_DISPLAY");
    return builder;
  }

  private static String firstLine(Path home, Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      String line =
          CompletableFuture.supplyAsync(() -> line(output))
              .get(START.toSeconds(), TimeUnit.SECONDS);
      if (!line.isEmpty()) {
        return line;
      }
      throw new IllegalStateException("It ended: " + Files.readString(home.resolve("stderr.log")));
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "It did not get ready: " + Files.readString(home.resolve("stderr.log")), failure);
    }
  }

  private static String line(BufferedReader output) {
    try {
      String line = output.readLine();
      return line == null ? "" : line;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The line that it printed when it was ready.
  JsonNode readyLine() {
    return ready;
  }

  Process process() {
    return process;
  }

  /// All that it wrote for people.
  String log() {
    try {
      return Files.readString(home.resolve("stderr.log"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The agents that it runs now.
  List<ProcessHandle> agents() {
    return process.descendants().filter(ProcessHandle::isAlive).toList();
  }

  /// What it has in its temporary folder.
  List<Path> temporaryFiles() {
    try (Stream<Path> files = Files.list(home.resolve("tmp"))) {
      return files.toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Its REST API, with its key.
  Api api() {
    return new Api(ready);
  }

  Path home() {
    return home;
  }

  @Override
  public void close() {
    List<ProcessHandle> left = agents();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    left.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A command that has ended.
  record Finished(int code, String output, String errors) {}
}

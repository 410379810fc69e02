package dev.podium.localcloud.conformance.gcloud;

import dev.podium.localcloud.LocalCloud;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// gcloud with a configuration of its own, pointed at a local cloud.
final class Gcloud {
  private static final int LIMIT_SECONDS = 120;
  private static final int AT_ONCE = 2;
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  /// How a command ended.
  ///
  /// @param out its standard output, stripped
  /// @param err what it told the person
  record Outcome(String command, int exit, String out, String err) {
    List<String> lines() {
      return out.isEmpty() ? List.of() : out.lines().toList();
    }
  }

  private final Path folder;
  private final String program;
  private final Map<String, String> environment;

  private Gcloud(Path folder, String program, Map<String, String> environment) {
    this.folder = folder;
    this.program = program;
    this.environment = environment;
  }

  /// Where gcloud is not installed the calling test is skipped with the reason, or fails if
  /// `-Dpodium.gcloud.required=true` was given.
  static Gcloud on(LocalCloud cloud, Path folder) throws IOException {
    Optional<String> program = find();
    if (program.isEmpty()) {
      String reason = "gcloud is not installed: install Google's Cloud SDK to run this test";
      if (Boolean.getBoolean("podium.gcloud.required")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    Path token = Files.writeString(folder.resolve("token"), "any");
    return new Gcloud(
        folder,
        program.orElseThrow(),
        Map.ofEntries(
            Map.entry(
                "CLOUDSDK_CONFIG", Files.createDirectories(folder.resolve("config")).toString()),
            Map.entry("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", cloud.compute().toString()),
            Map.entry("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", "http://" + cloud.pubsub() + "/"),
            Map.entry(
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE",
                cloud.compute().resolve("/storage/v1/").toString()),
            Map.entry("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", token.toString()),
            Map.entry("CLOUDSDK_CORE_PROJECT", cloud.project()),
            Map.entry("CLOUDSDK_COMPUTE_ZONE", "us-central1-a"),
            Map.entry("CLOUDSDK_CORE_DISABLE_PROMPTS", "true"),
            Map.entry("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true"),
            Map.entry("CLOUDSDK_CORE_CHECK_GCE_METADATA", "false"),
            Map.entry("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true")));
  }

  private static Optional<String> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .flatMap(folder -> Stream.of("gcloud", "gcloud.cmd").map(n -> Path.of(folder, n)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /// Runs commands that do not need each other, two at a time.
  ///
  /// @param commands their arguments, separated by spaces; single quotes hold spaces together
  /// @return what each wrote, in the same order; all of them succeeded
  List<Outcome> all(String... commands) {
    List<Outcome> outcomes = together(commands);
    for (Outcome outcome : outcomes) {
      if (outcome.exit() != 0) {
        throw new AssertionError("gcloud " + outcome.command() + " failed:\n" + outcome.err());
      }
    }
    return outcomes;
  }

  /// As [#all], for commands that may fail.
  List<Outcome> together(String... commands) {
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (String command : commands) {
        running.add(executor.submit(() -> run(command)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Outcome run(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(program));
    WORD.matcher(command).results().forEach(word -> words.add(word.group().replace("'", "")));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(
          "gcloud " + command + " was not done within " + LIMIT_SECONDS + " s");
    }
    return new Outcome(
        command, process.exitValue(), Files.readString(out).strip(), Files.readString(err).strip());
  }
}

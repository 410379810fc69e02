package dev.podium.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// A client whose types are made of `/openapi.json`: what it need not send, it need not send.
class GeneratedClientTest {
  private static final Path SOURCES = Path.of("src/test/npm");
  private static final Path FOLDER = Path.of("target/generated-client");
  private static final Path DESCRIPTION =
      Path.of("src/main/resources/dev/podium/fleet/api/openapi.json");

  private record Outcome(int exit, String output) {}

  @Test
  void a_client_that_is_made_of_the_description_compiles() throws Exception {
    install();
    Outcome made =
        run("npx", "openapi-typescript", DESCRIPTION.toAbsolutePath().toString(), "-o", "api.d.ts")
            .orElseThrow();
    assertThat(made.exit()).as(made.output()).isZero();
    Outcome compiled =
        run(
                "npx",
                "tsc",
                "--noEmit",
                "--strict",
                "--module",
                "esnext",
                "--moduleResolution",
                "bundler",
                "client.ts")
            .orElseThrow();
    assertThat(compiled.exit()).as(compiled.output()).isZero();
  }

  private static void install() throws Exception {
    Files.createDirectories(FOLDER);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // No package here needs a script of its own to work, so none gets to run one.
    Optional<Outcome> installed = run("npm", "ci", "--ignore-scripts", "--prefer-offline");
    if (installed.isEmpty() || installed.get().exit() != 0) {
      String why = installed.map(Outcome::output).orElse("npm is not installed");
      assertThat(Boolean.getBoolean("podium.npm.required")).as(why).isFalse();
      Assumptions.abort(why);
    }
  }

  /// @return empty where the program is not installed
  private static Optional<Outcome> run(String... command) throws IOException, InterruptedException {
    Path log = FOLDER.resolve("output.log");
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return Optional.of(new Outcome(process.waitFor(), Files.readString(log)));
  }
}

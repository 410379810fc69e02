package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What npm's tools say of the page: its types hold, and it shows in a document what it should.
class PageChecksTest {
  /// The tests of the modules that show something.
  private static final Path TESTS = Path.of("src", "test", "document");

  private static final Path DOCUMENT = Path.of("node_modules", "happy-dom", "lib", "index.js");

  private static final Path SOURCES = Path.of("src", "test", "npm");
  private static final Path FOLDER = Path.of("target", "npm");
  private static final String LOCK = "package-lock.json";

  /// Written when all that the lock file names is there.
  private static final String INSTALLED = "installed.json";

  @Test
  void what_the_modules_say_of_their_types_is_so() throws Exception {
    install();
    String compiler = Path.of("node_modules", "typescript", "bin", "tsc").toString();
    String rules = SOURCES.resolve("tsconfig.json").toAbsolutePath().toString();
    Ended check = run(List.of("node", compiler, "--project", rules));
    assertThat(check.output()).isEmpty();
    assertThat(check.exit()).isZero();
  }

  @Test
  void what_the_page_shows_holds_in_a_document() throws Exception {
    install();
    String tests = TESTS.toAbsolutePath().toString();
    Ended run = run(List.of("node", "--test", "--test-reporter=tap", tests));
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("# fail 0").doesNotContain("# pass 0");
  }

  private static void install() throws Exception {
    Files.createDirectories(FOLDER);
    Path installed = FOLDER.resolve(INSTALLED);
    if (Files.exists(installed) && Files.mismatch(installed, SOURCES.resolve(LOCK)) < 0) {
      return;
    }
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.toList()) {
        Files.copy(
            source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Ended install = run(List.of("npm", "ci", "--ignore-scripts", "--prefer-offline"));
    if (install.exit() != 0) {
      unavailable("npm could not fetch what checks the page: " + install.output());
    }
    Files.copy(SOURCES.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Ended run(List<String> command) throws Exception {
    Path log = FOLDER.toAbsolutePath().resolve(command.getFirst() + ".log");
    Process process;
    try {
      ProcessBuilder start =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      start
          .environment()
          .put("PODIUM_DOCUMENT", FOLDER.resolve(DOCUMENT).toAbsolutePath().toUri().toString());
      process = start.start();
    } catch (IOException missing) {
      return unavailable("npm is not installed: install the packages nodejs and npm");
    }
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    return new Ended(ended ? process.exitValue() : -1, Files.readString(log));
  }

  private static Ended unavailable(String why) {
    assertThat(Boolean.getBoolean("podium.npm.required")).as(why).isFalse();
    return Assumptions.abort(why);
  }

  private record Ended(int exit, String output) {}
}

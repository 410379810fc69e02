package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a short command loads: each class costs it time, and scripts call commands in loops.
class QuickCommandIT {
  @TempDir Path folder;

  @Test
  void a_short_command_loads_no_json_no_cloud_and_no_toolkit() throws Exception {
    assertThat(loadedBy("version"))
        .anyMatch(line -> line.contains("dev.podium.desktop.Podium "))
        .noneMatch(line -> line.contains(" com.fasterxml.jackson."))
        .noneMatch(line -> line.contains(" com.google.cloud."))
        .noneMatch(line -> line.contains(" io.grpc."))
        .noneMatch(line -> line.contains(" com.linecorp.armeria."))
        .noneMatch(line -> line.contains(" javafx."))
        .noneMatch(line -> line.contains(" dev.podium.desktop.cli.instance."));
  }

  private List<String> loadedBy(String command) throws Exception {
    Path loaded = folder.resolve("loaded.log");
    run(Path.of("target/podium").toAbsolutePath(), "-Xlog:class+load:file=" + loaded, command);
    return Files.readAllLines(loaded);
  }

  private String run(Path program, String option, String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program.resolve("bin/podium").toString(), command);
    builder.environment().put("PODIUM_HOME", folder.resolve("home").toString());
    builder.environment().put("PODIUM_JAVA_OPTS", option);
    Path said = folder.resolve("said.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }
}

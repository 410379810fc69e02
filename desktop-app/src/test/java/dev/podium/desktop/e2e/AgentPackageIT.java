package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's package for the VM's disk image.
class AgentPackageIT {
  @TempDir Path folder;

  @Test
  void the_builds_class_cache_which_its_runtime_cannot_use_is_not_in_it() throws Exception {
    Path agent = folder.resolve("podium-agent");
    write(agent.resolve("bin/podium-agent"), "#!/bin/sh\n");
    write(agent.resolve("lib/agent-1a2b3c.aot"), "cache");
    write(agent.resolve("lib/agent.cache"), "agent-1a2b3c.aot\n");
    write(agent.resolve("lib/vm-agent.jar"), "jar");
    Path installer = Path.of("..", "installer").toAbsolutePath().normalize();
    Path target = folder.resolve("target");

    String said =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            installer.resolve("src/main/java/Package.java").toString(),
            "agent",
            "0.0.1",
            agent.toString(),
            installer.toString(),
            target.toString(),
            "bare");

    if (said.contains("skipped")) {
      // A .deb is made where Debian's own tools are.
      assertThat(Path.of("/usr/bin/dpkg-deb")).doesNotExist();
      return;
    }
    assertThat(content(target))
        .anyMatch(file -> file.endsWith("/opt/podium-agent/lib/vm-agent.jar"))
        .noneMatch(file -> file.endsWith(".aot"))
        .noneMatch(file -> file.endsWith("/agent.cache"));
  }

  private List<String> content(Path target) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(target)) {
      Path deb = files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
      return run("dpkg-deb", "--contents", deb.toString()).lines().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}

package dev.podium.desktop.program.open;

import dev.podium.wire.model.PodiumException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the local cloud's machines start the agent: with this program's own JVM, from the agent's
/// folder beside this program. The folder is as on the disk image.
final class AgentCommand {
  /// Names another folder of the agent, as the system property `podium.agent.home` does.
  private static final String HOME_VARIABLE = "PODIUM_AGENT_HOME";

  private AgentCommand() {}

  /// @throws PodiumException.NotFound if there is no agent to start
  static List<String> find() {
    Path lib = lib();
    if (!Files.isDirectory(lib)) {
      throw new PodiumException.NotFound(
          "The local cloud cannot start VMs",
          "the agent is not in " + lib,
          "Build it with ./mvnw -DskipTests package, or name its folder in " + HOME_VARIABLE + ".",
          null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + lib.resolve("jvm.options"));
    cache(lib).ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(List.of("--class-path", classPath(lib), "dev.podium.agent.Main"));
    return List.copyOf(command);
  }

  /// The cache of loaded classes that the build made, if it is there; a JVM which did not make it
  /// ignores it. Its name is in a file beside it, as for the agent's own launcher.
  private static Optional<Path> cache(Path lib) {
    Path pointer = lib.resolve("agent.cache");
    try {
      return Files.exists(pointer)
          ? Optional.of(lib.resolve(Files.readString(pointer).strip())).filter(Files::isRegularFile)
          : Optional.empty();
    } catch (IOException unreadable) {
      // The agent starts without it as well, only later.
      return Optional.empty();
    }
  }

  /// In one order everywhere, because the cache is good for one class path only.
  private static String classPath(Path lib) {
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException unreadable) {
      throw new PodiumException.NotPermitted(
          "The local cloud cannot start VMs",
          "the agent's folder " + lib + " cannot be read",
          "See that you may read it.",
          unreadable);
    }
  }

  /// The folder of the agent's jars, whether it is there or not.
  static Path lib() {
    return home().resolve("lib");
  }

  private static Path home() {
    return Optional.ofNullable(System.getProperty("podium.agent.home"))
        .or(() -> Optional.ofNullable(System.getenv(HOME_VARIABLE)))
        .map(Path::of)
        .or(() -> Optional.ofNullable(System.getProperty("podium.home")).map(AgentCommand::beside))
        .orElse(Path.of("agent"))
        .toAbsolutePath()
        .normalize();
  }

  private static Path beside(String program) {
    return Path.of(program, "agent");
  }
}

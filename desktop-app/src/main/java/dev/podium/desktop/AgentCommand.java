package dev.podium.desktop;

import dev.podium.core.model.PodiumException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How the local cloud's machines start the agent: the JVM under this program, and the agent's
/// folder beside it, as the disk image would hold it.
final class AgentCommand {
  /// Names another folder of the agent, as the system property `podium.agent.home` does.
  private static final String HOME_VARIABLE = "PODIUM_AGENT_HOME";

  private AgentCommand() {}

  /// @throws PodiumException.NotFound if there is no agent to start
  static List<String> find() {
    Path lib = home().resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new PodiumException.NotFound(
          "The local cloud cannot start VMs",
          "the agent is not in " + lib,
          "Build it with ./mvnw -DskipTests package, or name its folder in " + HOME_VARIABLE + ".",
          null);
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + lib.resolve("jvm.options"),
        "--class-path",
        lib + "/*",
        "dev.podium.agent.Main");
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

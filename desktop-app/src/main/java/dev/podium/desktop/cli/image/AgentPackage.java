package dev.podium.desktop.cli.image;

import dev.podium.desktop.program.image.ImageKit;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which package of the agent goes into an image.
final class AgentPackage {
  @Option(
      names = "--agent-deb",
      paramLabel = "FILE",
      description = "The agent's package; the one that came with this program by default.")
  private @Nullable Path file;

  @Option(
      names = "--arch",
      paramLabel = "amd64|arm64",
      description = "For which processors, where no package is named.")
  private String machine = "amd64";

  /// @throws dev.podium.wire.model.PodiumException.NotFound if there is none
  Path in(ImageKit kit) {
    return kit.agentPackage(Optional.ofNullable(file), machine);
  }
}

package dev.podium.fleet.image.bake;

import dev.podium.fleet.image.ImageArchive;
import dev.podium.fleet.image.PartedFile;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The agent's Debian package, by the name that the build gives it:
/// `podium-agent_VERSION_ARCH.deb`.
///
/// @param architecture `X86_64` or `ARM64`
public record AgentPackage(PartedFile file, String version, String architecture) {
  private static final Pattern NAME =
      Pattern.compile("podium-agent_([0-9][^_]*)_(amd64|arm64)\\.deb");

  /// Reads it.
  ///
  /// @throws PodiumException if there is no such file, or it is none
  public static AgentPackage open(Path path) {
    String what = "The image cannot be baked";
    if (!Files.isRegularFile(path)) {
      throw new PodiumException.NotFound(
          what,
          "there is no file '" + path + "'",
          "Name the agent's package, podium-agent_VERSION_ARCH.deb, with --agent-deb.",
          null);
    }
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      throw new PodiumException.Invalid(
          what,
          "'" + path.getFileName() + "' is not called like a package of the agent",
          "Keep its own name, podium-agent_VERSION_ARCH.deb.");
    }
    return new AgentPackage(
        PartedFile.open(path), name.group(1), ImageArchive.architecture(name.group(2)));
  }
}

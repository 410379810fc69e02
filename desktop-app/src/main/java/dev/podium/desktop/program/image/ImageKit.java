package dev.podium.desktop.program.image;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What comes with this program to make an image of: the agent's package, and the script that
/// builds a disk of it.
///
/// @param folders where they may be, the best first
/// @param system the operating system's name, as Java has it
public record ImageKit(List<Path> folders, String system) {
  public ImageKit {
    folders = List.copyOf(folders);
  }

  /// That of this program: in its own folder, or in the checkout that it was built in.
  ///
  /// @param properties Java's, of which `podium.home` names the program's folder
  public static ImageKit of(Map<?, ?> properties) {
    Path home =
        Path.of(String.valueOf(Objects.requireNonNullElse(properties.get("podium.home"), ".")));
    return new ImageKit(
        Stream.of(home.resolve("agent"), home.resolve("image"), home)
            .flatMap(folder ->
                Stream.of(
                    folder, folder.resolve("installer/target"), folder.resolve("installer/image")))
            .map(folder -> folder.toAbsolutePath().normalize())
            .distinct()
            .toList(),
        String.valueOf(properties.get("os.name")));
  }

  /// The agent's package.
  ///
  /// @param named the one that somebody named
  /// @param machine `amd64` or `arm64`
  /// @throws PodiumException.NotFound if there is none
  public Path agentPackage(Optional<Path> named, String machine) {
    return named
        .or(() ->
            folders.stream()
                .flatMap(folder -> packages(folder, machine))
                .max(Comparator.comparingLong(file -> file.toFile().lastModified())))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no package of the agent for " + machine,
                "none came with this program",
                "Name podium-agent_VERSION_"
                    + machine
                    + ".deb of the release with --agent-deb, or build it with"
                    + " './mvnw -Pinstaller package'.",
                null));
  }

  private static Stream<Path> packages(Path folder, String machine) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file ->
              file.getFileName().toString().matches("podium-agent_.+_" + machine + "\\.deb"))
          .toList()
          .stream();
    } catch (IOException absent) {
      return Stream.empty();
    }
  }

  /// The script that builds a disk.
  ///
  /// @throws PodiumException.Invalid on another system than Linux
  /// @throws PodiumException.NotFound if it did not come with this program
  public Path script() {
    if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
      throw new PodiumException.Invalid(
          "The image cannot be built on " + system,
          "its file systems are made with Linux's own tools",
          "Let the cloud make it with 'podium image bake', or publish the one of a release.");
    }
    return folders.stream()
        .map(folder -> folder.resolve("build"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "The image cannot be built",
                "the script for it did not come with this program",
                "Let the cloud make it with 'podium image bake', or build it in a checkout.",
                null));
  }
}

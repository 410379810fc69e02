package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.client.ProfileChoice;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.ImageRequest;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.image.desk.ImageDesk;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whose images, for every command that asks a project.
final class ImageTarget {
  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "The project; that of the profile by default.")
  private @Nullable String project;

  @Mixin private ProfileChoice choice = new ProfileChoice();

  @Option(
      names = "--cloud",
      paramLabel = "URL",
      description = "A local cloud that runs, by any address of it.")
  private @Nullable URI cloud;

  @Option(
      names = "--family",
      paramLabel = "F",
      description = "The family of images; podium-agent by default.")
  private @Nullable String family;

  ProfileChoice choice() {
    return choice;
  }

  /// Opens it with what a publication says beside.
  ImageDesk open(Programs programs, PublishOptions options, Shutdown shutdown) {
    return programs.images(
        new ImageRequest(
            new PreflightRequest(
                Optional.ofNullable(project),
                choice.profile(),
                Optional.ofNullable(cloud),
                choice.defaultCredentials()),
            Optional.ofNullable(family),
            options.zone(),
            options.machineType(),
            options.bucket(),
            options.keep()),
        shutdown);
  }
}

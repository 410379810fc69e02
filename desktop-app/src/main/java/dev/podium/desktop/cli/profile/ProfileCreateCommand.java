package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileDraft;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium profile create`.
@Command(name = "create", description = "Set up a project to work with.")
final class ProfileCreateCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and hyphens.")
  private String name = "";

  @Option(
      names = "--project",
      paramLabel = "ID",
      required = true,
      description = "The project's id, such as my-project-123.")
  private String project = "";

  @Option(
      names = "--fleet",
      paramLabel = "F",
      defaultValue = "podium",
      description = "The fleet's name; two teams in one project have one each.")
  private String fleet = "podium";

  @Mixin private ProfileOptions options = new ProfileOptions();

  ProfileCreateCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    if (programs.profiles().find(name).isPresent()) {
      throw new PodiumException.AlreadyExists(
          "The profile '" + name + "' was not made",
          "there is one of that name",
          "Change it with 'podium profile set " + name + "', or choose another name.",
          null);
    }
    CloudProfile profile =
        CloudProfile.google(name, project, fleet, Optional.empty(), Optional.empty());
    programs.profiles().save(options.on(ProfileDraft.of(profile)).toProfile(profile));
    tell(
        "Made profile '"
            + name
            + "'. Sign in with 'podium login --profile "
            + name
            + " --oauth-client FILE', or serve it with 'podium serve --adc --profile "
            + name
            + "'.");
    return 0;
  }
}

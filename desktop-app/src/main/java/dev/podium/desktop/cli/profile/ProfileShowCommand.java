package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium profile show`.
@Command(name = "show", description = "All that a profile says, without secrets.")
final class ProfileShowCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The one that counts by default.")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form.")
  private ProfileListCommand.Form form = ProfileListCommand.Form.TABLE;

  ProfileShowCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    Optional<CloudProfile> current = programs.profiles().current();
    CloudProfile profile =
        name == null
            ? current.orElseThrow(ProfileShowCommand::none)
            : programs.profiles().get(name);
    if (form == ProfileListCommand.Form.JSON) {
      boolean counts = current.filter(one -> one.name().equals(profile.name())).isPresent();
      print(ProfileText.json(profile, counts).toPrettyString());
    } else {
      ProfileText.lines(profile).forEach((what, value) -> print("%-17s %s".formatted(what, value)));
    }
    return 0;
  }

  private static PodiumException none() {
    return new PodiumException.NotFound(
        "There is no profile yet",
        "no project has been set up on this computer",
        "Make one with 'podium profile create NAME --project ID'.",
        null);
  }
}

package dev.podium.desktop.cli.profile;

import dev.podium.desktop.program.Programs;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium profile`: the projects to work with.
@Command(
    name = "profile",
    description = "The Google Cloud projects to work with, and how each wants its VMs made.",
    footer = {
      "",
      "Where no profile is named, the one in PODIUM_PROFILE counts, else the one used last."
    })
public final class ProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static CommandLine tree(Programs programs) {
    return new CommandLine(new ProfileCommand())
        .addSubcommand(new ProfileListCommand(programs))
        .addSubcommand(new ProfileShowCommand(programs))
        .addSubcommand(new ProfileCreateCommand(programs))
        .addSubcommand(new ProfileSetCommand(programs))
        .addSubcommand(new ProfileUseCommand(programs))
        .addSubcommand(new ProfileDeleteCommand(programs));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: list, show, create, set, use or delete");
  }
}

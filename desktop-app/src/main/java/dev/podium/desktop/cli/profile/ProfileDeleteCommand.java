package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium profile delete`.
@Command(
    name = "delete",
    description = "Forget a profile on this computer; nothing in the cloud changes.")
final class ProfileDeleteCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(paramLabel = "NAME", description = "Which profile.")
  private String name = "";

  ProfileDeleteCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    programs.profiles().get(name);
    programs.profiles().remove(name);
    return 0;
  }
}

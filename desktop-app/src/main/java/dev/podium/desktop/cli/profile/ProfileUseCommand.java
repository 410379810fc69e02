package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium profile use`.
@Command(name = "use", description = "Make a profile the one that counts where none is named.")
final class ProfileUseCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(paramLabel = "NAME", description = "Which profile.")
  private String name = "";

  ProfileUseCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    programs.profiles().use(programs.profiles().get(name));
    return 0;
  }
}

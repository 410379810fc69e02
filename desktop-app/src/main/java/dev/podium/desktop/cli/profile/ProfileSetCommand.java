package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `podium profile set`.
@Command(
    name = "set",
    description = "Change how a profile's VMs are made; an empty text takes a setting back.",
    footer = {
      "",
      "VMs that run stay as they are. Consoles and servers see it at their next start."
    })
final class ProfileSetCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(paramLabel = "NAME", description = "Which profile.")
  private String name = "";

  @Mixin private MachineOptions machines = new MachineOptions();

  ProfileSetCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    var before = programs.profiles().get(name);
    programs.profiles().save(before.with(machines.on(before.machines())));
    return 0;
  }
}

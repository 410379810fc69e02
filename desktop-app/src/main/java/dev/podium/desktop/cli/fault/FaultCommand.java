package dev.podium.desktop.cli.fault;

import dev.podium.desktop.program.Programs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium local-cloud fault`.
@Command(
    name = "fault",
    description =
        "Let things go wrong in a local cloud that runs: see what its clients make of it.",
    footer = {
      "",
      "Chances come from the cloud's seed; 'show -o json' prints what repeats a run with",
      "'podium local-cloud --faults FILE'."
    })
public final class FaultCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /// The command with all that can be done below it.
  public static CommandLine tree(Programs programs) {
    CommandLine fault =
        new CommandLine(new FaultCommand())
            .addSubcommand(new ShowFaultsCommand(programs))
            .addSubcommand(new SetFaultsCommand(programs))
            .addSubcommand(new ClearFaultsCommand(programs));
    for (ActCommand.Act act : ActCommand.Act.values()) {
      CommandLine command = new CommandLine(new ActCommand(programs, act));
      command.getCommandSpec().usageMessage().description(act.description());
      fault.addSubcommand(act.toString(), command);
    }
    return fault.addSubcommand(new RevokeCommand(programs));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what is to go wrong");
  }
}

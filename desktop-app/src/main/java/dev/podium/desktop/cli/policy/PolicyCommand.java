package dev.podium.desktop.cli.policy;

import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium policy`: how large the fleet may be, of what it is made, and when its VMs end.
@Command(
    name = "policy",
    description = "Show or change by what the fleet is run: its size, its cost, its limits.")
public final class PolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static CommandLine tree(Programs programs, Shutdown shutdown, SecretInput input) {
    return new CommandLine(new PolicyCommand())
        .addSubcommand(new PolicyShowCommand(programs, shutdown))
        .addSubcommand(PolicySetCommand.commandLine(programs, shutdown, input))
        .addSubcommand(new PolicyResumeCommand(programs, shutdown));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: show, set or resume");
  }
}

package dev.podium.desktop.cli.key;

import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium keys`.
@Command(
    name = "keys",
    description = "List, create and revoke the keys with which programs use the REST API.")
public final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static CommandLine tree(Programs programs, Shutdown shutdown, SecretInput input) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new KeyListCommand(programs, shutdown))
        .addSubcommand(new KeyCreateCommand(programs, shutdown))
        .addSubcommand(new KeyRevokeCommand(programs, shutdown, input));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list, create or revoke");
  }
}

package dev.podium.desktop.cli.people;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium people`.
@Command(name = "people", description = "List who is in the chat, and put somebody out.")
public final class PeopleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static CommandLine tree(Programs programs, Shutdown shutdown) {
    return new CommandLine(new PeopleCommand())
        .addSubcommand(new PeopleListCommand(programs, shutdown))
        .addSubcommand(new PeopleRemoveCommand(programs, shutdown));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list or remove");
  }
}

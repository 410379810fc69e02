package dev.podium.desktop.cli.server;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.ServeRequest;
import dev.podium.desktop.program.Shutdown;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `podium`: the console; where there is no display, the server.
@Command(
    name = "podium",
    description = "Runs a fleet of virtual machines as if it were one server.",
    footer = {
      "",
      "Without a command it opens the console; where there is no display it serves as 'podium serve'.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class PodiumCommand implements Callable<Integer> {
  private final Programs programs;
  private final Shutdown shutdown;

  @Spec private CommandSpec spec = CommandSpec.create();

  public PodiumCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    shutdown.serve();
    if (programs.console(shutdown)) {
      return 0;
    }
    spec.commandLine()
        .getErr()
        .println("There is no display, so Podium serves its API instead of opening its window.");
    return new Server(programs, shutdown, spec).run(ServeRequest.usual(Optional.empty()), false);
  }
}

package dev.podium.desktop.cli;

import dev.podium.desktop.program.Programs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `podium logout`.
@Command(name = "logout", description = "Sign out: revoke the tokens and erase them here.")
final class LogoutCommand implements Callable<Integer> {
  private final Programs programs;

  @Spec private CommandSpec spec = CommandSpec.create();

  LogoutCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    spec.commandLine()
        .getOut()
        .println(
            programs
                .logout()
                .map(email -> email + " is signed out")
                .orElse("Nobody was signed in"));
    return 0;
  }
}

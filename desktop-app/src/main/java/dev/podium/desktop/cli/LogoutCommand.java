package dev.podium.desktop.cli;

import dev.podium.desktop.program.Programs;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `podium logout`.
@Command(name = "logout", description = "Sign out: revoke the tokens and erase them here.")
final class LogoutCommand implements Callable<Integer> {
  private final Programs programs;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "The profile to sign out of; the last one used by default.")
  private @Nullable String profile;

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
                .logout(Optional.ofNullable(profile))
                .map(email -> email + " is signed out")
                .orElse("Nobody was signed in"));
    return 0;
  }
}

package dev.podium.desktop.cli;

import dev.podium.desktop.cli.client.ProfileChoice;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.Identity;
import dev.podium.wire.model.PodiumException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `podium whoami`.
@Command(name = "whoami", description = "Who is signed in, and to which project.")
final class WhoamiCommand implements Callable<Integer> {
  private final Programs programs;

  @Mixin private ProfileChoice choice = new ProfileChoice();

  @Spec private CommandSpec spec = CommandSpec.create();

  WhoamiCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    Identity identity =
        programs
            .whoami(choice.profile(), choice.defaultCredentials())
            .orElseThrow(() ->
                new PodiumException.NotSignedIn(
                    "Nobody is signed in", "", "Sign in with 'podium login'.", null));
    spec.commandLine()
        .getOut()
        .println(
            identity.email()
                + ", project "
                + identity.project()
                + ", profile "
                + identity.profile()
                + (identity.signedIn() ? "" : " (" + identity.credentials() + ")"));
    return 0;
  }
}

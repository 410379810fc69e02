package dev.podium.desktop.cli;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.LoginRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `podium login`: the operator's sign-in to Google.
@Command(name = "login", description = "Sign in with Google, in the system's browser.")
final class LoginCommand implements Callable<Integer> {
  private final Programs programs;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "The profile to sign in to; the last one used by default.")
  private @Nullable String profile;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "The Google Cloud project; the profile's own by default.")
  private @Nullable String project;

  @Option(
      names = "--oauth-client",
      paramLabel = "FILE",
      description = "The JSON of an OAuth client of the kind 'Desktop app', from Google's console.")
  private @Nullable Path oauthClient;

  @Spec private CommandSpec spec = CommandSpec.create();

  LoginCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    String email =
        programs.login(
            new LoginRequest(
                Optional.ofNullable(profile),
                Optional.ofNullable(project),
                Optional.ofNullable(oauthClient)),
            spec.commandLine().getErr()::println);
    spec.commandLine().getOut().println("Signed in as " + email);
    return 0;
  }
}

package dev.podium.desktop.cli;

import dev.podium.desktop.cli.client.ProfileChoice;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.LoginRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium login`: the operator's sign-in to Google.
@Command(
    name = "login",
    description = "Sign in with Google, in the system's browser.",
    footer = {
      "",
      "In a shell on another computer no browser can come back: use --no-browser and paste, or let",
      "SSH carry the port: ssh -L 8085:127.0.0.1:8085 HOST podium login --no-browser --port 8085"
    })
final class LoginCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final int LONGEST_LINE = 8 * 1024;

  private final Programs programs;
  private final InputStream in;

  @Mixin private ProfileChoice choice = new ProfileChoice();

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

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of 127.0.0.1 to which the browser comes back; any free one by default.")
  private int port;

  @Option(
      names = "--no-browser",
      description =
          "Open no browser here: print the page to open elsewhere, and take what is pasted.")
  private boolean noBrowser;

  @Option(
      names = "--preflight",
      description =
          "Also ask for what 'podium doctor --project' looks at: the project, its billing, its APIs"
              + " and its accounts.")
  private boolean preflight;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @param in where a person pastes
  LoginCommand(Programs programs, InputStream in) {
    this.programs = programs;
    this.in = in;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port " + port + " is not a port from 0 to " + HIGHEST_PORT);
    }
    if (choice.defaultCredentials()
        && (noBrowser || preflight || port != 0 || oauthClient != null)) {
      throw new ParameterException(
          spec.commandLine(), "--adc needs no browser; leave the browser's options out");
    }
    String email =
        programs.login(
            new LoginRequest(
                choice.profile(),
                Optional.ofNullable(project),
                Optional.ofNullable(oauthClient),
                port,
                choice.defaultCredentials(),
                preflight,
                noBrowser ? Optional.of(lines()) : Optional.empty()),
            spec.commandLine().getErr()::println);
    spec.commandLine().getOut().println("Signed in as " + email);
    return 0;
  }

  private Supplier<@Nullable String> lines() {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()), LONGEST_LINE);
    return () -> {
      try {
        return reader.readLine();
      } catch (IOException closed) {
        return null;
      }
    };
  }
}

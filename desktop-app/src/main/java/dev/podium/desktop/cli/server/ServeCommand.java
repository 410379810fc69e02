package dev.podium.desktop.cli.server;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.Limits;
import dev.podium.desktop.program.Programs.ServeRequest;
import dev.podium.desktop.program.Shutdown;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium serve`: the health monitor and the REST API without a window.
@Command(
    name = "serve",
    description = "Serve without a window: health monitor and REST API.",
    footer = {
      "",
      "SIGTERM, Ctrl-C and end-of-file on stdin stop it (the null device on stdin does not).",
      "Without --local, --profile and --cloud: the profile that is signed in, else the local cloud.",
      "Where nobody is signed in to the profile, Application Default Credentials are used if found."
    })
public final class ServeCommand implements Callable<Integer> {
  private final Programs programs;
  private final Shutdown shutdown;

  @ArgGroup private @Nullable Choice choice;

  @Option(
      names = "--adc",
      description = {
        "Use Application Default Credentials in place of a sign-in: a service account's key, gcloud's,",
        "workload identity, or those of the VM that this runs on."
      })
  private boolean defaultCredentials;

  @Option(
      names = "--limits",
      paramLabel = "demo|standard",
      description = "Health limits; demo with --local, else standard.")
  private @Nullable Limits limits;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the API on 127.0.0.1; any free one by default.")
  private int port;

  @Option(
      names = "--api-key-file",
      paramLabel = "F",
      description = "Where the key for the API is kept; made if it is not there.")
  private @Nullable Path apiKeyFile;

  @Option(
      names = "--json-ready",
      description = "Print one JSON line when ready and nothing else on stdout.")
  private boolean jsonReady;

  @Spec private CommandSpec spec = CommandSpec.create();

  public ServeCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    PortRange.check(spec, "--port", port);
    Choice chosen = choice == null ? new Choice() : choice;
    if (defaultCredentials && (chosen.local || chosen.cloud != null)) {
      throw new ParameterException(
          spec.commandLine(), "--adc is for a Google Cloud project; leave --local and --cloud out");
    }
    return new Server(programs, shutdown, spec)
        .run(
            new ServeRequest(
                chosen.local,
                Optional.ofNullable(chosen.profile),
                Optional.ofNullable(chosen.cloud).map(this::loopback),
                defaultCredentials,
                Optional.ofNullable(limits),
                port,
                Optional.ofNullable(apiKeyFile)),
            jsonReady);
  }

  // A console gives a local cloud's machines its keys for invites; that is for this computer alone.
  private URI loopback(URI cloud) {
    boolean here =
        "http".equals(cloud.getScheme())
            && cloud.getPort() > 0
            && List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(cloud.getHost()));
    if (!here) {
      throw new ParameterException(
          spec.commandLine(),
          "--cloud '" + cloud + "' is not the address of a local cloud: http://127.0.0.1:N/ is");
    }
    return cloud;
  }

  /// One of them.
  private static final class Choice {
    @Option(names = "--local", description = "Start a local cloud and serve it.")
    private boolean local;

    @Option(
        names = "--profile",
        paramLabel = "P",
        description = "Serve the Google Cloud project of this profile.")
    private @Nullable String profile;

    @Option(
        names = "--cloud",
        paramLabel = "URL",
        description =
            "Serve a local cloud that runs already, such as http://127.0.0.1:N/; several may.")
    private @Nullable URI cloud;
  }
}

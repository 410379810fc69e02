package dev.podium.desktop.cli.client;

import dev.podium.desktop.program.Programs;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which local cloud a command is about: the one named, else the one that was started last.
@Command
public final class CloudTarget {
  @Option(
      names = "--cloud",
      paramLabel = "URL",
      description =
          "The local cloud to talk to, as it printed it; the one started last by default.")
  private @Nullable String url;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /// @throws PodiumException if no local cloud runs here, with what to do
  public CloudClient open(Programs programs) {
    if (url != null) {
      return new CloudClient(base(url));
    }
    return programs
        .runningClouds()
        .newest()
        .map(cloud -> new CloudClient(URI.create(cloud.api())))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no local cloud to talk to",
                "none of this user runs here",
                "Start 'podium local-cloud' or 'podium serve --local', or name one with --cloud"
                    + " URL.",
                null));
  }

  /// Any address that a cloud printed will do: of Compute Engine, or of the sign-in.
  private URI base(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
        return URI.create("http://" + uri.getAuthority() + "/");
      }
    } catch (IllegalArgumentException malformed) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), "--cloud " + text + " is no URL such as http://127.0.0.1:8080/");
  }
}

package dev.podium.desktop.cli.client;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.Identity;
import dev.podium.desktop.program.Programs.ServeRequest;
import dev.podium.desktop.program.Programs.Served;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which fleet a command is about. It is that of the server named, else of the newest console or
/// server that runs on this computer, for the profile if one is named. Where none runs, it is that
/// of the project signed in to.
@Command
public final class FleetTarget {
  @ArgGroup(exclusive = false)
  private @Nullable Address address;

  @Mixin private ProfileChoice choice = new ProfileChoice();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /// Opens the API, starting it inside this process if no other serves it.
  ///
  /// @throws PodiumException if there is no fleet to talk to, with what to do
  public ApiClient open(Programs programs, Shutdown shutdown) {
    if (address != null) {
      if (choice.made()) {
        throw new ParameterException(
            spec.commandLine(), "--api names a server; leave --profile and --adc out");
      }
      return client(base(address.api), address.keyFile);
    }
    Optional<String> named = choice.profile().or(() -> programs.profiles().chosen());
    Optional<RunningServers.Entry> running = programs.running().newest(named);
    if (running.isPresent()) {
      RunningServers.Entry entry = running.get();
      return client(URI.create(entry.api()), Path.of(entry.apiKeyFile()));
    }
    Identity identity =
        programs
            .whoami(named, choice.defaultCredentials())
            .orElseThrow(() -> nobody(choice.profile()));
    boolean byDefault = !identity.signedIn();
    Served served =
        programs.serve(
            new ServeRequest(
                false,
                byDefault ? named : Optional.of(identity.profile()),
                Optional.empty(),
                byDefault,
                Optional.empty(),
                0,
                Optional.empty()),
            shutdown);
    return client(served.api(), served.apiKeyFile());
  }

  private static PodiumException nobody(Optional<String> profile) {
    String options = profile.map(name -> " --profile " + name).orElse("");
    return new PodiumException.NotSignedIn(
        "There is no fleet to talk to",
        "neither a console nor a server of Podium runs here, and nobody is signed in",
        "Start 'podium serve --local', or sign in with 'podium login" + options + "'.",
        null);
  }

  /// In whose name, and which profile, as far as somebody said.
  public ProfileChoice choice() {
    return choice;
  }

  private static ApiClient client(URI api, Path keyFile) {
    String key;
    try {
      key = Files.readString(keyFile).strip();
    } catch (IOException unreadable) {
      throw new PodiumException.NotFound(
          "The key for " + api + " cannot be read",
          keyFile + " is missing or belongs to somebody else",
          "Name the right file with --api-key-file.",
          unreadable);
    }
    // What is not one printable word cannot go into a request's header.
    if (!key.matches("[!-~]+")) {
      throw new PodiumException.Invalid(
          "The key for " + api + " cannot be used",
          keyFile + " holds no key of Podium's",
          "Name the right file with --api-key-file.");
    }
    return new ApiClient(api, key);
  }

  /// The address as it was typed, where `http://` and the slash at its end may be missing.
  private URI base(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean good =
          Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (good) {
        return uri.getPath().endsWith("/") ? uri : new URI(uri + "/");
      }
    } catch (URISyntaxException malformed) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), "--api " + text + " is no URL such as http://127.0.0.1:8080/");
  }

  /// A server that is not the one which the command would find by itself.
  private static final class Address {
    @Option(
        names = "--api",
        paramLabel = "URL",
        required = true,
        description = "Base of the API of the server to talk to.")
    private String api = "";

    @Option(
        names = "--api-key-file",
        paramLabel = "F",
        required = true,
        description = "File with the key for it.")
    private Path keyFile = Path.of("");
  }
}

package dev.podium.desktop.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `podium keys create`.
@Command(
    name = "create",
    description = "Make a key. Its secret is printed once, on stdout, and is kept nowhere.",
    footer = {
      "",
      "Into a file that only you can read, and used from there:",
      "  (umask 077; podium keys create nightly --days 30 -o secret > key)",
      "  podium instances list --api URL --api-key-file key"
    })
final class KeyCreateCommand extends FleetCommand {
  private static final long MOST_DAYS = 366;

  @Parameters(paramLabel = "NAME", description = "Who or what will use it; no two are alike.")
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "read|write",
      defaultValue = "read",
      description = "Whether it may only look, the default, or change the fleet and its keys too.")
  private Scope scope = Scope.READ;

  @ArgGroup private @Nullable Lifetime lifetime;

  KeyCreateCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  protected boolean hasSecret() {
    return true;
  }

  @Override
  public int run(ApiClient api) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("scopes", List.of(scope.toString()));
    if (lifetime != null) {
      body.put("hours", hours(lifetime));
    }
    JsonNode key = api.post("v1/keys", body);
    String secret = key.path("key").asText();
    if (form() == Form.SECRET) {
      print(secret);
      return 0;
    }
    print(
        key,
        List.of("NAME", "ID", "MAY", "EXPIRES", "KEY"),
        List.of(
            List.of(
                key.path("name").asText(),
                key.path("id").asText(),
                KeyListCommand.may(key),
                KeyListCommand.expires(key),
                secret)));
    if (form() == Form.TABLE) {
      tell(
          "The key is shown this once. Whoever has it may use it; keep it where only they can read.");
    }
    return 0;
  }

  private long hours(Lifetime chosen) {
    if (chosen.hours != null) {
      return chosen.hours;
    }
    if (chosen.days < 1 || chosen.days > MOST_DAYS) {
      throw new ParameterException(
          spec().commandLine(), "--days " + chosen.days + " is not from 1 to " + MOST_DAYS);
    }
    return chosen.days * 24;
  }

  /// What the key may do.
  private enum Scope {
    READ,
    WRITE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One of them; without either it has no end.
  private static final class Lifetime {
    @Option(
        names = "--hours",
        paramLabel = "H",
        description = "How many whole hours it is good, 1 to 8784; without an end by default.")
    private @Nullable Long hours;

    @Option(names = "--days", paramLabel = "D", description = "How many days, 1 to 366.")
    private long days;
  }
}

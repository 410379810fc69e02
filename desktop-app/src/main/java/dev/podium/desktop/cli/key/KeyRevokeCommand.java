package dev.podium.desktop.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.api.key.KeySecret;
import dev.podium.wire.model.PodiumException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `podium keys revoke`.
@Command(
    name = "revoke",
    description =
        "Take a key away: its next request is refused, and what it follows ends within seconds.",
    footer = {
      "",
      "A key that was found somewhere is revoked by itself, from standard input, for arguments show"
          + " in the list of processes: podium keys revoke - < found"
    })
final class KeyRevokeCommand extends FleetCommand {
  private final SecretInput input;

  @Parameters(
      paramLabel = "NAME|ID|-",
      description = "The key's name or id; - reads the key itself from standard input.")
  private String key = "";

  @Option(
      names = "--force",
      description =
          "Also the key of this computer's consoles and commands, or the last that may write.")
  private boolean force;

  KeyRevokeCommand(Programs programs, Shutdown shutdown, SecretInput input) {
    super(programs, shutdown);
    this.input = input;
  }

  @Override
  public int run(ApiClient api) {
    String id = id(api);
    JsonNode revoked =
        api.delete(
            "v1/keys/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8)
                + (force ? "?force=true" : ""));
    print(revoked, "The key '" + revoked.path("name").asText() + "' is good no more.");
    if (revoked.path("current").asBoolean()) {
      tell(
          "It is the key that this command used. Where a console keeps it, a new one is made when"
              + " it starts next; until then name another with --api-key-file.");
    }
    return 0;
  }

  private String id(ApiClient api) {
    if (key.equals("-")) {
      return KeySecret.idOf(input.line(spec(), "the key"));
    }
    if (KeySecret.isSecret(key)) {
      throw new ParameterException(
          spec().commandLine(),
          "An argument shows in the list of processes: give the key's name or id, or - and the key"
              + " on standard input");
    }
    if (KeySecret.isId(key)) {
      return key;
    }
    for (JsonNode each : api.get("v1/keys").path("keys")) {
      if (each.path("name").asText().equalsIgnoreCase(key)) {
        return each.path("id").asText();
      }
    }
    throw new PodiumException.NotFound(
        "There is no key with the name '" + key + "'",
        "it was revoked before, or never made",
        "See 'podium keys list'.",
        null);
  }
}

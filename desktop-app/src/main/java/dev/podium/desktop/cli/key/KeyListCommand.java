package dev.podium.desktop.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/// `podium keys list`.
@Command(
    name = "list",
    description = "The keys: what each may do, when it was used last, until when it is good.",
    footer = {"", "Secrets are not kept, so nobody can list them. It needs a key that may write."})
final class KeyListCommand extends FleetCommand {
  private static final List<String> HEADER =
      List.of("NAME", "ID", "MAY", "CREATED", "LAST USED", "EXPIRES", "OF");

  KeyListCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode answer = api.get("v1/keys");
    List<List<String>> rows = new ArrayList<>();
    answer.path("keys").forEach(key -> rows.add(row(key)));
    print(answer, answer.path("keys"), HEADER, rows);
    return 0;
  }

  private static List<String> row(JsonNode key) {
    return List.of(
        key.path("name").asText(),
        key.path("id").asText(),
        may(key),
        time(key, "created", "before keys had times"),
        time(key, "lastUsed", "never"),
        expires(key),
        key.path("console").asBoolean() ? "console" : "");
  }

  /// What a key permits, in words.
  static String may(JsonNode key) {
    List<String> scopes = new ArrayList<>();
    key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    return String.join(" ", scopes);
  }

  static String expires(JsonNode key) {
    String end = time(key, "expires", "never");
    boolean over =
        key.hasNonNull("expires")
            && !Instant.parse(key.path("expires").asText()).isAfter(Instant.now());
    return over ? "expired " + end : end;
  }

  private static String time(JsonNode key, String member, String none) {
    return key.hasNonNull(member) ? key.path(member).asText() : none;
  }
}

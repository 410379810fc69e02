package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium invite`: a link for a participant.
@Command(name = "invite", description = "Print a chat link for a participant.")
public final class InviteCommand extends FleetCommand {
  @Parameters(paramLabel = "NAME", description = "The participant's name, as the others see it.")
  private String name = "";

  @Option(
      names = "--room",
      paramLabel = "R",
      defaultValue = "lobby",
      description = "The room; ${DEFAULT-VALUE} by default.")
  private String room = "lobby";

  @Option(
      names = "--instance",
      paramLabel = "I",
      description = "The only VM it is good for; on the whole fleet by default.")
  private @Nullable String instance;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "How many whole hours it is good, 1 to 12; 8 by default.")
  private @Nullable Integer hours;

  public InviteCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("room", room);
    if (instance != null) {
      body.put("instance", instance);
    }
    if (hours != null) {
      body.put("hours", hours);
    }
    JsonNode invitation = api.post("v1/invites", body);
    print(invitation, invitation.path("url").asText());
    return 0;
  }
}

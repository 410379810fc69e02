package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium revoke`: an invite that is good no more.
@Command(
    name = "revoke",
    description = "Take an invite back: who is in by it is put out, and nobody gets in by it.")
public final class TakeBackCommand extends FleetCommand {
  @Parameters(
      paramLabel = "LINK",
      description = "The link that `podium invite` printed, its token or its id.")
  private String invite = "";

  public TakeBackCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    JsonNode answer = api.post("v1/invites:revoke", Map.of("invite", invite));
    List<String> untold = new ArrayList<>();
    answer.path("untold").forEach(name -> untold.add(name.asText()));
    int told = answer.path("instances").size();
    print(
        answer,
        "The invite is good no more; "
            + CountText.vms(told)
            + CountText.choose(told, " knows it.", " know it."));
    if (untold.isEmpty()) {
      return 0;
    }
    complain(
        "It may still be good on "
            + String.join(", ", untold)
            + ", which could not be told. Run the same command again.");
    return 1;
  }
}

package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.text.FailureSentence;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium revoke`: an invite that is good no more.
@Command(
    name = "revoke",
    description = "Take an invite back: who is in by it is put out, and nobody gets in by it.",
    footer = {
      "",
      "A link is a secret, and an argument shows in the list of processes; - keeps it out of there:",
      "  podium revoke - < links        one link, token or id a line"
    })
public final class TakeBackCommand extends FleetCommand {
  private static final String PATH = "v1/invites:revoke";
  private static final String MEMBER = "invite";

  private final SecretInput input;

  @Parameters(
      paramLabel = "LINK|-",
      description =
          "The link that `podium invite` printed, its token or its id; - reads them from standard"
              + " input, one a line.")
  private String invite = "";

  public TakeBackCommand(Programs programs, Shutdown shutdown, SecretInput input) {
    super(programs, shutdown);
    this.input = input;
  }

  @Override
  public int run(ApiClient api) {
    return invite.equals("-") ? each(api, input.lines(spec(), "an invite")) : one(api);
  }

  private int one(ApiClient api) {
    JsonNode answer = api.post(PATH, Map.of(MEMBER, invite));
    print(answer, sentence(answer));
    return untold(answer, "") ? 1 : 0;
  }

  /// Each for itself: one that fails does not keep the others. A failure names the line alone.
  private int each(ApiClient api, List<String> invites) {
    int code = 0;
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode answers = all.putArray("invites");
    for (int i = 0; i < invites.size(); i++) {
      String which = invites.size() == 1 ? "" : "Invite " + (i + 1) + ": ";
      try {
        JsonNode answer = api.post(PATH, Map.of(MEMBER, invites.get(i)));
        answers.add(answer);
        if (form() != Form.JSON) {
          print(answer, which + sentence(answer));
        }
        code = untold(answer, which) ? 1 : code;
      } catch (PodiumException failure) {
        complain(which + FailureSentence.of(failure));
        code = 1;
      }
    }
    if (form() == Form.JSON) {
      print(JsonText.pretty(all));
    }
    return code;
  }

  private static String sentence(JsonNode answer) {
    int told = answer.path("instances").size();
    return "The invite is good no more; "
        + CountText.vms(told)
        + CountText.choose(told, " knows it.", " know it.");
  }

  private boolean untold(JsonNode answer, String which) {
    List<String> untold = new ArrayList<>();
    answer.path("untold").forEach(name -> untold.add(name.asText()));
    if (untold.isEmpty()) {
      return false;
    }
    complain(
        which
            + "It may still be good on "
            + String.join(", ", untold)
            + ", which could not be told. Run the same command again.");
    return true;
  }
}

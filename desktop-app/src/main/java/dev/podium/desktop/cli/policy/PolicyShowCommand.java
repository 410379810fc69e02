package dev.podium.desktop.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.api.call.PolicyJson;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.PolicyMember.Span;
import dev.podium.wire.text.DurationText;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/// `podium policy show`.
@Command(name = "show", description = "The policy in force.")
final class PolicyShowCommand extends FleetCommand {
  PolicyShowCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  public int run(ApiClient api) {
    show(this, api.get("v1/policy"));
    tellIfStopped(api);
    return 0;
  }

  static void show(FleetCommand command, JsonNode policy) {
    PolicyDraft draft = new PolicyDraft(PolicyJson.read(policy));
    command.print(
        policy,
        List.of("MEMBER", "VALUE", "MEANING"),
        Arrays.stream(PolicyMember.values())
            .map(member ->
                List.of(
                    PolicySetCommand.option(member).substring(2),
                    text(member, draft),
                    PolicySetCommand.meaning(member)))
            .toList());
  }

  private static String text(PolicyMember member, PolicyDraft draft) {
    String text = draft.text(member);
    return member.form() instanceof Span
        ? DurationText.parse(text).map(DurationText::exact).orElse(text)
        : text;
  }
}

package dev.podium.desktop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.core.api.RulesJson;
import dev.podium.core.fleet.PolicyMember;
import dev.podium.core.fleet.PolicyMember.Span;
import dev.podium.core.fleet.RulesDraft;
import dev.podium.core.fleet.Spans;
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
  int run(ApiClient api) {
    show(this, api.get("v1/policy"));
    return 0;
  }

  static void show(FleetCommand command, JsonNode policy) {
    RulesDraft draft = new RulesDraft(RulesJson.read(policy));
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

  private static String text(PolicyMember member, RulesDraft draft) {
    String text = draft.text(member);
    return member.form() instanceof Span ? Spans.parse(text).map(Spans::text).orElse(text) : text;
  }
}

package dev.podium.desktop.cli.policy;

import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.api.call.PolicyJson;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium policy set`: an option for each member, made from the members themselves.
@Command(
    name = "set",
    description = "Change members of the policy; the others stay. In force at once, and kept.",
    footer = {
      "",
      "Example: podium policy set --maximum 5 --idle 20min --hourly-budget 1.50",
      "An argument shows in the list of processes; --access-code - reads one line from standard"
          + " input instead, and does not show it where you type it."
    })
final class PolicySetCommand extends FleetCommand {
  private static final String FROM_INPUT = "-";

  private final SecretInput input;
  private final Map<PolicyMember, String> changes = new EnumMap<>(PolicyMember.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  private PolicySetCommand(Programs programs, Shutdown shutdown, SecretInput input) {
    super(programs, shutdown);
    this.input = input;
  }

  static CommandLine commandLine(Programs programs, Shutdown shutdown, SecretInput input) {
    PolicySetCommand command = new PolicySetCommand(programs, shutdown, input);
    CommandLine line = new CommandLine(command);
    for (PolicyMember member : PolicyMember.values()) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder(option(member))
                  .type(String.class)
                  .paramLabel(label(member))
                  .description(help(member))
                  .setter(command.setter(member))
                  .build());
    }
    return line;
  }

  private CommandLine.Model.ISetter setter(PolicyMember member) {
    return new CommandLine.Model.ISetter() {
      @Override
      public <T> T set(T text) {
        // Picocli sets an option that was not given to null.
        if (text != null) {
          changes.put(member, text.toString());
        }
        return text;
      }
    };
  }

  @Override
  public int run(ApiClient api) {
    if (changes.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name what to change");
    }
    if (FROM_INPUT.equals(changes.get(PolicyMember.ACCESS_CODE))) {
      changes.put(PolicyMember.ACCESS_CODE, input.line(spec, "the access code"));
    }
    changes.forEach(this::check);
    ApiClient.Tagged before = api.tagged("v1/policy");
    PolicyDraft wanted = new PolicyDraft(PolicyJson.read(before.body())).with(changes);
    PolicyShowCommand.show(this, api.put("v1/policy", PolicyJson.write(wanted), before.tag()));
    return 0;
  }

  private void check(PolicyMember member, String text) {
    Optional<String> fault = member.form().fault(text);
    if (fault.isPresent()) {
      // What a script prints is kept, and a code is not to be.
      String written = member == PolicyMember.ACCESS_CODE ? "" : " '" + text + "'";
      throw new ParameterException(
          spec.commandLine(), option(member) + written + ": " + fault.get());
    }
  }

  /// `--run-limit`.
  static String option(PolicyMember member) {
    return "--" + member.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String label(PolicyMember member) {
    return switch (member.form()) {
      case PolicyMember.Count _ -> "N";
      case PolicyMember.Span _ -> "TIME";
      case PolicyMember.Dollars _ -> "DOLLARS";
      case PolicyMember.Name _ -> "NAME";
      case PolicyMember.Names _ -> "ZONE,…";
      case PolicyMember.Choice _ -> "KIND";
      case PolicyMember.Code _ -> "CODE|-";
    };
  }

  private static String help(PolicyMember member) {
    return member == PolicyMember.ACCESS_CODE
        ? meaning(member) + " - reads it from standard input."
        : meaning(member);
  }

  /// What the member does, in a few words.
  static String meaning(PolicyMember member) {
    return switch (member) {
      case MINIMUM -> "VMs that stay although nobody uses them.";
      case MAXIMUM -> "VMs that Podium creates by itself at most.";
      case SEATS -> "People a VM has room for.";
      case SPARE -> "Free seats to keep ready.";
      case IDLE -> "How long nobody may use a VM before it is drained.";
      case ZONES -> "Zones in order of preference.";
      case MACHINE_TYPE -> "Such as e2-small.";
      case IMAGE -> "Image or family.";
      case PROVISIONING -> "standard, spot or spot-then-standard.";
      case RUN_LIMIT -> "After which the cloud itself ends a VM.";
      case HOURLY_BUDGET -> "What the fleet may cost an hour; 0 sets no limit.";
      case TOTAL_BUDGET -> "What the fleet may cost in all; 0 sets no limit and ends the count.";
      case ACCESS_CODE -> "Lets in who has no invite; '' lets in only who was invited.";
      case SUSPECT -> "Without a heartbeat for so long, a VM is suspect.";
      case UNREACHABLE -> "Without any sign for so long, a VM is unreachable.";
      case CONDEMNED -> "Without any sign for so long, a VM is condemned.";
      case BOOT -> "How long a new VM may take until it is ready.";
      case BROKEN -> "How long an agent's check of itself may fail.";
      case STOPPED -> "After which a machine that is off is removed.";
      case USE_WINDOW -> "After which somebody who does nothing is a forgotten tab.";
    };
  }
}

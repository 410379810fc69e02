package dev.podium.desktop.cli.profile;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileDraft;
import dev.podium.fleet.config.ProfileMember;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium profile set`.
@Command(
    name = "set",
    description = "Change what a profile says; an empty text takes a setting back.",
    footer = {
      "",
      "VMs that run stay as they are. Consoles and servers see it at their next start."
    })
final class ProfileSetCommand extends PrintingCommand {
  private final Programs programs;

  @Parameters(paramLabel = "NAME", description = "Which profile.")
  private String name = "";

  @Option(names = "--project", paramLabel = "ID", description = "The project's id.")
  private @Nullable String project;

  @Option(names = "--fleet", paramLabel = "F", description = "The fleet's name.")
  private @Nullable String fleet;

  @Mixin private ProfileOptions options = new ProfileOptions();

  ProfileSetCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    CloudProfile before = programs.profiles().get(name);
    Map<ProfileMember, String> said = new EnumMap<>(ProfileMember.class);
    ProfileOptions.put(said, ProfileMember.PROJECT, project);
    ProfileOptions.put(said, ProfileMember.FLEET, fleet);
    programs.profiles().save(options.on(ProfileDraft.of(before).with(said)).toProfile(before));
    return 0;
  }
}

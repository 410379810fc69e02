package dev.podium.desktop.cli.terminal;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Which commands take names of VMs.
final class VmArguments {
  private static final String PREFIX = "_picocli_podium_instances_";

  private VmArguments() {}

  /// Whether the command's first argument is a VM.
  static boolean areOf(CommandSpec command) {
    return command.qualifiedName().startsWith("podium instances ")
        && command.positionalParameters().stream()
            .anyMatch(argument -> argument.paramLabel().equals("NAME"));
  }

  /// The same of the command that a function of the bash script completes.
  static boolean areOf(CommandLine root, String function) {
    if (!function.startsWith(PREFIX)) {
      return false;
    }
    return Optional.ofNullable(root.getSubcommands().get("instances"))
        .map(group -> group.getSubcommands().get(function.substring(PREFIX.length())))
        .filter(command -> areOf(command.getCommandSpec()))
        .isPresent();
  }
}

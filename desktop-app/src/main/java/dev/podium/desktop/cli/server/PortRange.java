package dev.podium.desktop.cli.server;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The range of port numbers.
final class PortRange {
  private PortRange() {}

  /// @throws ParameterException if it is neither a port nor 0
  static void check(CommandSpec spec, String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), option + " " + port + " is not a port: 0 to 65535 are");
    }
  }
}

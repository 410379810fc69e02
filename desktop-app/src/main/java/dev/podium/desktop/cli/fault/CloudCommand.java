package dev.podium.desktop.cli.fault;

import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.cli.client.CloudTarget;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What the commands about a running local cloud have in common.
@Command
abstract class CloudCommand extends PrintingCommand {
  private final Programs programs;

  @Mixin private CloudTarget target = new CloudTarget();

  CloudCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public final Integer call() {
    check();
    return run(target.open(programs));
  }

  /// Refuses wrong usage, before anybody is asked.
  void check() {}

  /// @return the exit code
  abstract int run(CloudClient cloud);
}

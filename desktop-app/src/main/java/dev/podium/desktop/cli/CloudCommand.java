package dev.podium.desktop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What the commands about a running local cloud have in common.
@Command
abstract class CloudCommand implements Callable<Integer> {
  private final Programs programs;

  @Mixin private CloudTarget target = new CloudTarget();

  @Spec private CommandSpec spec = CommandSpec.create();

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

  final CommandSpec spec() {
    return spec;
  }

  final void print(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  final void complain(String sentence) {
    spec.commandLine().getErr().println("podium: " + sentence);
    spec.commandLine().getErr().flush();
  }
}

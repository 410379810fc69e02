package dev.podium.desktop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that says what came of it: results on stdout, one sentence for each failure on stderr.
@Command
abstract class PrintingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

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

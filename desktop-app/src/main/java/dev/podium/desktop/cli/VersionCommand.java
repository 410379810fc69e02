package dev.podium.desktop.cli;

import dev.podium.desktop.program.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `podium version`.
@Command(name = "version", description = "The versions of Podium and of the JVM under it.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(text());
    return 0;
  }

  /// What it prints.
  static String text() {
    return "podium "
        + Version.podium()
        + " on Java "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }
}

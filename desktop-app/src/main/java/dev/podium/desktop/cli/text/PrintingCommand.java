package dev.podium.desktop.cli.text;

import dev.podium.wire.model.PodiumException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that says what came of it: results on stdout, one sentence for each failure on stderr.
@Command
public abstract class PrintingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public final CommandSpec spec() {
    return spec;
  }

  /// Prints a line.
  ///
  /// @throws PodiumException.Unavailable if nobody reads stdout any more, or its disk is full
  public final void print(String text) {
    printPart(text + System.lineSeparator());
  }

  /// Prints a text that may end within a line.
  ///
  /// @throws PodiumException.Unavailable as [#print]
  public final void printPart(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    // It flushes first. A command that went on without a reader might never end.
    if (out.checkError()) {
      throw unprinted();
    }
  }

  /// Why a command fails whose results could not be written.
  public static PodiumException unprinted() {
    return new PodiumException.Unavailable(
        "Not all could be printed",
        "the output is closed, or no space is left on its disk",
        "Make room, or name another output, then run it again.",
        null);
  }

  /// Does the same to several things, each for itself: one that fails is told and does not keep the
  /// others.
  ///
  /// @param action may throw a [PodiumException]
  /// @return the exit code
  public final int each(List<String> names, Consumer<String> action) {
    int code = 0;
    for (String name : names) {
      try {
        action.accept(name);
      } catch (PodiumException failure) {
        complain(FailureSentence.of(failure));
        code = 1;
      }
    }
    return code;
  }

  /// Prints a sentence that is no failure on stderr.
  public final void tell(String sentence) {
    spec.commandLine().getErr().println(sentence);
    spec.commandLine().getErr().flush();
  }

  /// Prints a failure's sentence on stderr.
  public final void complain(String sentence) {
    spec.commandLine().getErr().println("podium: " + sentence);
    spec.commandLine().getErr().flush();
  }
}

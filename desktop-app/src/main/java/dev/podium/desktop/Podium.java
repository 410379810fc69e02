package dev.podium.desktop;

import dev.podium.desktop.cli.Commands;
import dev.podium.desktop.cli.text.FailureSentence;
import dev.podium.desktop.cli.text.ResultWriter;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.system.EnvironmentProxies;
import dev.podium.wire.model.PodiumException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// The start of `podium`.
public final class Podium {
  private Podium() {}

  /// Runs the command and ends the JVM with its exit code.
  public static void main(String[] arguments) {
    Logs.toStderr();
    EnvironmentProxies.install(System.getenv());
    PrintWriter out = ResultWriter.ofStandardOutput();
    // A library that prints must not spoil what a script reads.
    System.setOut(System.err);
    Shutdown shutdown = new Shutdown();
    AtomicBoolean finished = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stopOnSignal(shutdown, finished), "stop"));
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = Commands.printed(run(arguments, shutdown, out, err), out, err);
    close(shutdown);
    finished.set(true);
    System.exit(code);
  }

  /// Runs a command and returns its exit code.
  static int run(String[] arguments, Shutdown shutdown, PrintWriter out, PrintWriter err) {
    Wiring programs;
    try {
      programs = new Wiring();
    } catch (PodiumException unusable) {
      err.println("podium: " + FailureSentence.of(unusable));
      return 1;
    }
    return Commands.treeFor(arguments, programs, shutdown, out, err).execute(arguments);
  }

  private static void stopOnSignal(Shutdown shutdown, AtomicBoolean finished) {
    if (finished.get()) {
      return;
    }
    boolean served = shutdown.serving();
    close(shutdown);
    if (served) {
      // A server that stops when it is asked to has done its work, so its exit code is 0. The JVM
      // alone would report the signal. A command that runs a fleet inside this process was cut
      // short; for that the JVM's own exit code is right.
      Runtime.getRuntime().halt(0);
    }
  }

  private static void close(Shutdown shutdown) {
    shutdown.close();
    shutdown.failures().forEach(System.err::println);
  }
}

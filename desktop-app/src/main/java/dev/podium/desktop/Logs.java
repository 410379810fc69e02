package dev.podium.desktop;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The program's log: one line an entry, on stderr.
final class Logs {
  // Held, because java.util.logging forgets a level with the last reference to its logger.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger PODIUM = Logger.getLogger("dev.podium");
  // Their warnings are about their own defaults; ours say what matters to a person.
  private static final List<Logger> TALKATIVE =
      List.of(
          Logger.getLogger("com.linecorp.armeria"),
          Logger.getLogger("io.grpc"),
          Logger.getLogger("io.micrometer"),
          Logger.getLogger("io.netty"));

  private Logs() {}

  /// Once, before anything logs.
  static void toStderr() {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty(
          "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$-7s %5$s [%3$s]%6$s%n");
    }
    if (System.getProperty("java.util.logging.config.file") == null) {
      ROOT.setLevel(Level.WARNING);
      PODIUM.setLevel(Level.INFO);
      TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
    }
  }
}

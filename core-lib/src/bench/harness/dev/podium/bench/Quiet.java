package dev.podium.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// Logging from warnings on, so that tables are not lost among lines. Named to the JVM, which makes
/// one, by `-Djava.util.logging.config.class`.
public final class Quiet {
  private static final String CONFIGURATION =
      "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n";

  /// Configures the log.
  public Quiet() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
  }
}

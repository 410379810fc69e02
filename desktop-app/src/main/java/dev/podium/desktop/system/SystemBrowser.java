package dev.podium.desktop.system;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Opens pages with the system's own opener, as a process whose exit code is checked: JavaFX's
/// `HostServices` fails without telling.
public final class SystemBrowser implements BrowserOpener {
  // Openers return at once or become the browser; whoever runs longer than this has opened it.
  private static final long PATIENCE_SECONDS = 5;

  private final List<String> command;

  /// The opener of this system.
  public SystemBrowser() {
    this(commandOf(System.getProperty("os.name", "")));
  }

  SystemBrowser(List<String> command) {
    this.command = List.copyOf(command);
  }

  private static List<String> commandOf(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return name.startsWith("mac") ? List.of("open") : List.of("xdg-open");
  }

  @Override
  public void open(URI page) {
    List<String> words = new java.util.ArrayList<>(command);
    words.add(page.toString());
    try {
      Process opener =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (opener.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && opener.exitValue() != 0) {
        throw refused(page, command.getFirst() + " ended with " + opener.exitValue(), null);
      }
    } catch (IOException failure) {
      throw refused(page, command.getFirst() + " could not be started", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static PodiumException refused(
      URI page, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new PodiumException.Unavailable(
        "Your browser was not opened", why, "Open this page yourself: " + page, cause);
  }
}

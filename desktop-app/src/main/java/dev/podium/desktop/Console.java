package dev.podium.desktop;

import dev.podium.desktop.fx.EventBridge;
import dev.podium.desktop.program.Display;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.shell.ClientFileDialog;
import dev.podium.desktop.shell.ConsoleParts;
import dev.podium.desktop.shell.ConsoleWindow;
import dev.podium.desktop.shell.SaveDialog;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.system.SystemBrowser;
import dev.podium.desktop.system.SystemClipboard;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.wire.cloud.Ticker;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window, from its start to its close.
final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private Console() {}

  /// Opens the window and returns when it is closed.
  ///
  /// @return false if there is no display to open it on
  static boolean run(
      PodiumFolders folders, SignInPort doors, ConsoleSetup setup, Shutdown shutdown) {
    if (!Display.isThere(System.getenv())) {
      return false;
    }
    var single = SingleConsole.claim(folders.state());
    if (single.isEmpty()) {
      LOG.info("A console is open already; it was brought to the front.");
      return true;
    }
    SingleConsole console = shutdown.add("The console's lock", single.get());
    EventBridge bridge = shutdown.add("The window's timer", new EventBridge());
    CountDownLatch closed = new CountDownLatch(1);
    ConsoleParts parts =
        new ConsoleParts(
            doors,
            new WindowMemoryFile(folders.state().resolve("window.properties")),
            new SystemBrowser(),
            new SystemClipboard(),
            new SaveDialog(),
            new ConsoleParts.Projects(setup, setup),
            new ClientFileDialog(),
            Ticker.system());
    try {
      Platform.startup(() -> {
        Platform.setImplicitExit(false);
        ConsoleWindow window = new ConsoleWindow(new Stage(), parts, closed::countDown);
        console.onKnock(() -> bridge.onWindow(window::toFront));
        window.show();
      });
    } catch (UnsupportedOperationException noDisplay) {
      LOG.warn("The display cannot be opened: {}", noDisplay.getMessage());
      shutdown.drop(console);
      return false;
    }
    // The toolkit ends with the JVM. Told to end while a window is open, it fails at the pointer in
    // that window and prints a stack trace.
    await(closed);
    return true;
  }

  private static void await(CountDownLatch closed) {
    try {
      closed.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}

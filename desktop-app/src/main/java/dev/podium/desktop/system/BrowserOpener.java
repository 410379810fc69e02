package dev.podium.desktop.system;

import java.net.URI;

/// Opens a page in the person's browser.
@FunctionalInterface
public interface BrowserOpener {
  /// Opens the page. Blocks until the system's opener answered, so call it in the background.
  ///
  /// @throws dev.podium.wire.model.PodiumException if no browser could be started
  void open(URI page);
}
